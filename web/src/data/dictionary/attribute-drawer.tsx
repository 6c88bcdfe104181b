import { api } from '@sluice/shared/http-api';
import type { AttributeDefinition } from '@sluice/shared/model';
import { Button, Drawer, Form, Input, Radio, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../../access/session.ts';
import { useChange } from '../../http/use-route.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { type AttributeDraft, declarationOf, draftOf } from './attribute-draft.ts';
import styles from './dictionary-page.module.css';
import { MergeRuleField } from './merge-rule-field.tsx';
import { RemoveAttribute } from './remove-attribute.tsx';
import { RuleFields } from './rule-fields.tsx';

const SENSITIVITIES = ['public', 'internal', 'sensitive', 'secret'] as const;
const MASKS = ['phone', 'email', 'id', 'name', 'whole'] as const;

interface AttributeDrawerProps {
  attribute: AttributeDefinition | null;
  onClose: () => void;
}

/** What people say of one attribute: its name, who may see it, what its values must be like. */
export function AttributeDrawer({ attribute, onClose }: AttributeDrawerProps) {
  return (
    <Drawer open={attribute !== null} size="min(560px, 92vw)" title={attribute?.name} onClose={onClose} destroyOnHidden>
      {attribute && <AttributeForm attribute={attribute} onSaved={onClose} />}
    </Drawer>
  );
}

function AttributeForm({ attribute, onSaved }: { attribute: AttributeDefinition; onSaved: () => void }) {
  const { t } = useTranslation('governance');
  const canChange = useHasRole('administrator', 'developer');
  const [isRemoving, setRemoving] = useState(false);
  const [form] = Form.useForm<AttributeDraft>();
  const draft = Form.useWatch([], form) ?? draftOf(attribute);
  const change = useChange(api.data.describeAttribute, [api.data.listAttributes]);
  const isMasked = draft.sensitivity === 'sensitive' || draft.sensitivity === 'secret';
  const save = (filled: AttributeDraft) =>
    change.mutate(
      { params: { name: attribute.name }, body: declarationOf({ ...draftOf(attribute), ...filled }) },
      { onSuccess: onSaved },
    );
  return (
    <Form<AttributeDraft>
      form={form}
      layout="vertical"
      requiredMark={false}
      disabled={!canChange}
      initialValues={draftOf(attribute)}
      onFinish={save}
    >
      <Form.Item name="displayName" label={t('attribute.displayName')}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="description" label={t('attribute.description')}>
        <Input.TextArea maxLength={1000} autoSize={{ minRows: 1, maxRows: 5 }} />
      </Form.Item>
      <Form.Item name="owner" label={t('attribute.owner')} extra={t('attribute.ownerHelp')}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item
        name="sensitivity"
        label={t('sensitivity.title')}
        extra={draft.sensitivity && t(`sensitivity.help.${draft.sensitivity}`)}
      >
        <Radio.Group
          optionType="button"
          options={SENSITIVITIES.map((value) => ({ value, label: t(`sensitivity.levels.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="maskAs" label={t('mask.title')} hidden={!isMasked}>
        <Select
          options={[
            { value: '', label: t('mask.byForm') },
            ...MASKS.map((value) => ({ value, label: t(`mask.kinds.${value}`) })),
          ]}
        />
      </Form.Item>
      <Form.Item name="onMerge" label={t('merge.title')} extra={t('merge.help')}>
        <MergeRuleField type={attribute.type} />
      </Form.Item>
      <Form.Item name="isChecked" label={t('attribute.rule')} extra={t('attribute.ruleHelp')} valuePropName="checked">
        <Switch />
      </Form.Item>
      {draft.isChecked && <RuleFields type={draft.type ?? ''} onBreach={draft.onBreach} />}
      {change.error && (
        <Form.Item>
          <ErrorPanel error={change.error} />
        </Form.Item>
      )}
      {canChange ? (
        <div className={styles.actions}>
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {t('attribute.save')}
          </Button>
          <Button danger onClick={() => setRemoving(true)}>
            {t('attribute.remove')}
          </Button>
        </div>
      ) : (
        <p>{t('attribute.readOnly')}</p>
      )}
      {isRemoving && <RemoveAttribute attribute={attribute} onRemoved={onSaved} onClose={() => setRemoving(false)} />}
    </Form>
  );
}
