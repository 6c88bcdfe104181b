import { type Condition, EVERYONE } from '@sluice/shared/condition';
import { api, type ModelKind } from '@sluice/shared/http-api';
import { Button, Checkbox, Form, Input, Radio, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ConditionEditor } from '../audiences/condition-editor.tsx';
import { useDictionary } from '../audiences/use-dictionary.ts';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Page } from '../ui/page.tsx';
import { UnsavedGuard } from '../ui/unsaved-guard.tsx';
import styles from './create-model.module.css';
import { FeatureFields } from './feature-fields.tsx';

export interface ModelDraft {
  name: string;
  kind: ModelKind;
  label: Condition;
  seedAudience: string | undefined;
  isAmongSome: boolean;
  among: Condition;
  featureMode: 'all' | 'some';
  /** Left out with `all`, used with `some`. */
  attributes: string[];
}

const NEW_MODEL: ModelDraft = {
  name: '',
  kind: 'response',
  label: EVERYONE,
  seedAudience: undefined,
  isAmongSome: false,
  among: EVERYONE,
  featureMode: 'all',
  attributes: [],
};

const KINDS = ['response', 'look-alike'] as const;

export function CreateModel() {
  const { t } = useTranslation(['models', 'ui']);
  const navigate = useNavigate();
  const { audiences } = useDictionary();
  const [draft, setDraft] = useState(NEW_MODEL);
  const [isAsked, setAsked] = useState(false);
  const creation = useChange(api.models.createModel, [api.models.listModels]);
  const created = creation.data?.id;
  // After the guard has learned that nothing is unsaved any more.
  useEffect(() => {
    if (created !== undefined) void navigate(`/models/${created}`, { replace: true });
  }, [created, navigate]);
  const change = (part: Partial<ModelDraft>) => setDraft((current) => ({ ...current, ...part }));
  const missing = missingOf(draft);
  const ask = (part: keyof typeof missing, text: string) =>
    isAsked && missing[part] && { validateStatus: 'error' as const, help: text };
  const submit = () => {
    setAsked(true);
    if (!Object.values(missing).some(Boolean)) creation.mutate({ body: toBody(draft) });
  };
  return (
    <Page title={t('form.title')}>
      <Form layout="vertical" className={styles.form ?? ''} onFinish={submit}>
        <UnsavedGuard isUnsaved={draft !== NEW_MODEL && !creation.isPending && !creation.isSuccess} />
        <Form.Item label={t('form.name')} htmlFor="model-name" {...ask('name', t('form.nameMissing'))}>
          <Input
            id="model-name"
            autoFocus
            maxLength={120}
            value={draft.name}
            onChange={({ target }) => change({ name: target.value })}
          />
        </Form.Item>
        <Form.Item label={t('form.kind')} extra={t(`kindHelp.${draft.kind}`)}>
          <Radio.Group
            aria-label={t('form.kind')}
            optionType="button"
            value={draft.kind}
            options={KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
            onChange={({ target }) => change({ kind: target.value as ModelKind })}
          />
        </Form.Item>
        {draft.kind === 'response' ? (
          <Form.Item label={t('form.label')} {...ask('label', t('form.labelMissing'))}>
            <ConditionEditor value={draft.label} onChange={(label) => change({ label })} />
          </Form.Item>
        ) : (
          <Form.Item label={t('form.seed')} htmlFor="model-seed" {...ask('seed', t('form.seedMissing'))}>
            <Select
              id="model-seed"
              className={styles.select ?? ''}
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('form.seedPlaceholder')}
              value={draft.seedAudience ?? null}
              options={[...audiences].map(([value, label]) => ({ value, label }))}
              onChange={(seedAudience) => change({ seedAudience: seedAudience ?? undefined })}
            />
          </Form.Item>
        )}
        <Form.Item extra={t('form.amongHelp')}>
          <Checkbox checked={draft.isAmongSome} onChange={({ target }) => change({ isAmongSome: target.checked })}>
            {t('form.among')}
          </Checkbox>
        </Form.Item>
        {draft.isAmongSome && (
          <Form.Item label={t('form.amongCondition')}>
            <ConditionEditor value={draft.among} onChange={(among) => change({ among })} />
          </Form.Item>
        )}
        <FeatureFields
          mode={draft.featureMode}
          attributes={draft.attributes}
          problem={isAsked && missing.features ? t('form.includeMissing') : undefined}
          onChange={change}
        />
        {creation.error && <ErrorPanel error={creation.error} />}
        <div className={styles.actions}>
          <Button type="primary" htmlType="submit" loading={creation.isPending}>
            {t('form.create')}
          </Button>
          <LinkButton to="/models">{t('ui:cancel')}</LinkButton>
        </div>
      </Form>
    </Page>
  );
}

function missingOf({ name, kind, label, seedAudience, featureMode, attributes }: ModelDraft) {
  return {
    name: name.trim() === '',
    label: kind === 'response' && 'of' in label && Array.isArray(label.of) && label.of.length === 0,
    seed: kind === 'look-alike' && seedAudience === undefined,
    features: featureMode === 'some' && attributes.length === 0,
  };
}

function toBody({ name, kind, label, seedAudience, isAmongSome, among, featureMode, attributes }: ModelDraft) {
  return {
    name,
    kind,
    ...(kind === 'response' ? { label } : seedAudience !== undefined && { seedAudience }),
    ...(isAmongSome && { among }),
    ...(featureMode === 'some' ? { include: attributes } : { exclude: attributes }),
  };
}
