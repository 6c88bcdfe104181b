import type { OnBreach } from '@sluice/shared/model';
import { Checkbox, Form, Input, InputNumber, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type AttributeDraft, hasOptions, hasPattern, hasRange } from './attribute-draft.ts';
import styles from './dictionary-page.module.css';

const TYPES = ['string', 'number', 'boolean', 'date', 'list'] as const;
const BREACHES = ['keep', 'fix', 'quarantine'] as const;

/** The fields of a rule; only those that its type has a use for. */
export function RuleFields({ type, onBreach }: { type: AttributeDraft['type']; onBreach: OnBreach | undefined }) {
  const { t } = useTranslation(['governance', 'data']);
  const bound =
    type === 'date' ? (
      <Input maxLength={40} placeholder={t('attribute.dateHint')} />
    ) : (
      <InputNumber className={styles.bound ?? ''} />
    );
  return (
    <>
      <Form.Item name="type" label={t('attribute.type')}>
        <Select
          options={[
            { value: '', label: t('attribute.anyType') },
            ...TYPES.map((value) => ({ value, label: t(`data:types.${value}`) })),
          ]}
        />
      </Form.Item>
      {hasRange(type) && (
        <div className={styles.bounds}>
          <Form.Item name="min" label={t('attribute.min')}>
            {bound}
          </Form.Item>
          <Form.Item name="max" label={t('attribute.max')}>
            {bound}
          </Form.Item>
        </div>
      )}
      {hasOptions(type) && (
        <Form.Item name="options" label={t('attribute.options')} extra={t('attribute.optionsHelp')}>
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['\n']} />
        </Form.Item>
      )}
      {hasPattern(type) && (
        <Form.Item name="pattern" label={t('attribute.pattern')} extra={t('attribute.patternHelp')}>
          <Input maxLength={500} spellCheck={false} placeholder="^1\d{10}$" />
        </Form.Item>
      )}
      <Form.Item name="isRequired" valuePropName="checked">
        <Checkbox>{t('attribute.required')}</Checkbox>
      </Form.Item>
      <Form.Item
        name="onBreach"
        label={t('attribute.onBreach')}
        extra={onBreach && t(`attribute.breachHelp.${onBreach}`)}
      >
        <Radio.Group
          optionType="button"
          options={BREACHES.map((value) => ({ value, label: t(`attribute.breach.${value}`) }))}
        />
      </Form.Item>
    </>
  );
}
