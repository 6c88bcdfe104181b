import { PlusOutlined } from '@ant-design/icons';
import { EVERYONE } from '@sluice/shared/condition';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { ConditionEditor } from '../../audiences/condition-editor.tsx';
import { RemoveButton } from '../../ui/remove-button.tsx';
import styles from '../dictionary/dictionary-page.module.css';
import type { KindFieldsProps } from './derived-form.tsx';

/** The first case that holds says the value. */
export function CasesFields({ draft: { cases, otherwise }, onChange }: KindFieldsProps) {
  const { t } = useTranslation('governance');
  const set = (index: number, part: Partial<(typeof cases)[number]>) =>
    onChange({ cases: cases.map((each, place) => (place === index ? { ...each, ...part } : each)) });
  return (
    <>
      <Form.Item extra={t('derived.casesHelp')}>
        <div className={styles.cases}>
          {cases.map(({ when, value }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- cases have no identity but their place
            <section key={index} className={styles.case} aria-label={t('derived.caseTitle', { index: index + 1 })}>
              <header className={styles.caseHead}>
                <strong>{t('derived.caseTitle', { index: index + 1 })}</strong>
                {cases.length > 1 && (
                  <RemoveButton
                    label={t('derived.removeCase', { index: index + 1 })}
                    onClick={() => onChange({ cases: cases.filter((_each, place) => place !== index) })}
                  />
                )}
              </header>
              <ConditionEditor value={when} onChange={(condition) => set(index, { when: condition })} />
              <Input
                aria-label={t('derived.caseValue')}
                placeholder={t('derived.caseValue')}
                maxLength={256}
                value={value}
                onChange={({ target }) => set(index, { value: target.value })}
              />
            </section>
          ))}
          <Button
            type="dashed"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => onChange({ cases: [...cases, { when: EVERYONE, value: '' }] })}
          >
            {t('derived.addCase')}
          </Button>
        </div>
      </Form.Item>
      <Form.Item label={t('derived.otherwise')} extra={t('derived.otherwiseHelp')}>
        <Input
          aria-label={t('derived.otherwise')}
          maxLength={256}
          value={otherwise}
          onChange={({ target }) => onChange({ otherwise: target.value })}
        />
      </Form.Item>
    </>
  );
}
