import { type Condition, EVERYONE } from '@sluice/shared/condition';
import type { AudienceKind } from '@sluice/shared/http-api';
import { Button, Checkbox, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { UnsavedGuard } from '../ui/unsaved-guard.tsx';
import styles from './audience-form.module.css';
import { ConditionEditor } from './condition-editor.tsx';

export interface AudienceDraft {
  name: string;
  description: string;
  kind: AudienceKind;
  condition: Condition;
  isAnnounced: boolean;
}

interface AudienceFormProps {
  first: AudienceDraft;
  /** The audience that is edited; absent for a new one, whose kind can be chosen. */
  ownId?: string;
  /** Its members come from a model or a statement, so there is no condition to edit. */
  hasSource?: boolean;
  submitText: string;
  isSaving: boolean;
  error: Error | null;
  cancelTo: string;
  /** Resolves when it is saved, after which leaving asks nothing. */
  onSubmit: (draft: AudienceDraft) => void;
}

const KINDS = ['dynamic', 'snapshot', 'manual'] as const;

export const NEW_DRAFT: AudienceDraft = {
  name: '',
  description: '',
  kind: 'dynamic',
  condition: EVERYONE,
  isAnnounced: false,
};

/** Name, kind and condition of an audience, with its live count. */
export function AudienceForm(props: AudienceFormProps) {
  const { first, ownId, hasSource = false, submitText, isSaving, error, cancelTo, onSubmit } = props;
  const { t } = useTranslation(['audiences', 'ui']);
  const [draft, setDraft] = useState(first);
  const [isAsked, setAsked] = useState(false);
  const [isSubmitted, setSubmitted] = useState(false);
  const change = (part: Partial<AudienceDraft>) => {
    setSubmitted(false);
    setDraft((current) => ({ ...current, ...part }));
  };
  const hasCondition = draft.kind !== 'manual' && !hasSource;
  const isNameMissing = draft.name.trim() === '';
  const isOtherCondition = ownId === undefined || JSON.stringify(draft.condition) !== JSON.stringify(first.condition);
  const submit = () => {
    setAsked(true);
    if (isNameMissing) return;
    setSubmitted(true);
    onSubmit(draft);
  };
  const isUnsaved = draft !== first && !(isSubmitted && !error);
  return (
    <Form layout="vertical" className={styles.form ?? ''} onFinish={submit}>
      <UnsavedGuard isUnsaved={isUnsaved} />
      <Form.Item
        label={t('form.name')}
        htmlFor="audience-name"
        {...(isAsked && isNameMissing && { validateStatus: 'error', help: t('form.nameMissing') })}
      >
        <Input
          id="audience-name"
          autoFocus={ownId === undefined}
          maxLength={120}
          value={draft.name}
          onChange={({ target }) => change({ name: target.value })}
          onBlur={() => setAsked(draft !== first)}
        />
      </Form.Item>
      <Form.Item label={t('form.description')} htmlFor="audience-description">
        <Input.TextArea
          id="audience-description"
          maxLength={1000}
          autoSize={{ minRows: 1, maxRows: 6 }}
          value={draft.description}
          onChange={({ target }) => change({ description: target.value })}
        />
      </Form.Item>
      {ownId === undefined && (
        <Form.Item label={t('form.kind')} extra={t(`kindHelp.${draft.kind}`)}>
          <Radio.Group
            aria-label={t('form.kind')}
            optionType="button"
            value={draft.kind}
            options={KINDS.map((kind) => ({ value: kind, label: t(`audienceKinds.${kind}`) }))}
            onChange={({ target }) => change({ kind: target.value as AudienceKind })}
          />
        </Form.Item>
      )}
      {hasCondition && (
        <Form.Item label={t('form.condition')} className={styles.condition ?? ''}>
          <ConditionEditor
            value={draft.condition}
            {...(ownId !== undefined && { ownId })}
            onChange={(condition) => change({ condition })}
          />
        </Form.Item>
      )}
      {hasCondition && isOtherCondition && (
        <Form.Item extra={t('form.announceHelp')}>
          <Checkbox checked={draft.isAnnounced} onChange={({ target }) => change({ isAnnounced: target.checked })}>
            {t('form.announce')}
          </Checkbox>
        </Form.Item>
      )}
      {error && <ErrorPanel error={error} />}
      <div className={styles.actions}>
        <Button type="primary" htmlType="submit" loading={isSaving}>
          {submitText}
        </Button>
        <LinkButton to={cancelTo}>{t('ui:cancel')}</LinkButton>
      </div>
    </Form>
  );
}
