import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Section } from '../../ui/section.tsx';
import { UnsavedGuard } from '../../ui/unsaved-guard.tsx';
import { ColumnsEditor } from './columns-editor.tsx';
import { type DatasetDraft, problemsOf, suggestName } from './dataset-draft.ts';
import styles from './datasets.module.css';
import { LookupsEditor } from './lookups-editor.tsx';

interface DatasetFormProps {
  first: DatasetDraft;
  isNew: boolean;
  isSaving: boolean;
  error: Error | null;
  cancelTo: string;
  onSubmit: (draft: DatasetDraft) => void;
}

/** Name, columns and look-ups of a dataset. */
export function DatasetForm({ first, isNew, isSaving, error, cancelTo, onSubmit }: DatasetFormProps) {
  const { t } = useTranslation(['datasets', 'ui']);
  const [draft, setDraft] = useState(first);
  const [isAsked, setAsked] = useState(false);
  const [isSubmitted, setSubmitted] = useState(false);
  const problems = problemsOf(draft);
  const change = (next: DatasetDraft) => {
    setSubmitted(false);
    setDraft(next);
  };
  const rename = (displayName: string) => {
    const follows = isNew && draft.name === suggestName(draft.displayName);
    change({ ...draft, displayName, ...(follows && { name: suggestName(displayName) }) });
  };
  const submit = () => {
    setAsked(true);
    if (problems.length > 0) return;
    setSubmitted(true);
    onSubmit(draft);
  };
  const wrong = (problem: (typeof problems)[number]) =>
    isAsked && problems.includes(problem) ? { validateStatus: 'error' as const, help: t(`problems.${problem}`) } : {};
  return (
    <Form layout="vertical" className={styles.form ?? ''} onFinish={submit}>
      <UnsavedGuard isUnsaved={draft !== first && !(isSubmitted && !error)} />
      <div className={styles.names}>
        <Form.Item label={t('displayName')} htmlFor="dataset-display-name" {...wrong('displayNameMissing')}>
          <Input
            id="dataset-display-name"
            autoFocus={isNew}
            maxLength={120}
            value={draft.displayName}
            onChange={({ target }) => rename(target.value)}
          />
        </Form.Item>
        <Form.Item
          label={t('technicalName')}
          htmlFor="dataset-name"
          extra={t('technicalNameHelp')}
          {...wrong('nameInvalid')}
        >
          <Input
            id="dataset-name"
            maxLength={40}
            disabled={!isNew}
            value={draft.name}
            onChange={({ target }) => change({ ...draft, name: target.value })}
          />
        </Form.Item>
      </div>
      <Form.Item label={t('description')} htmlFor="dataset-description">
        <Input.TextArea
          id="dataset-description"
          maxLength={1000}
          autoSize={{ minRows: 1, maxRows: 5 }}
          value={draft.description}
          onChange={({ target }) => change({ ...draft, description: target.value })}
        />
      </Form.Item>
      <Section title={t('columns')} hint={t(isNew ? 'editor.hint' : 'editor.settled')}>
        <ColumnsEditor
          draft={draft}
          isNew={isNew}
          settled={new Set(first.columns.map(({ name }) => name))}
          onChange={change}
        />
        {isAsked &&
          (['columnUnnamed', 'columnTwice', 'keyMissing'] as const)
            .filter((problem) => problems.includes(problem))
            .map((problem) => (
              <p key={problem} role="alert" className={styles.problem}>
                {t(`problems.${problem}`)}
              </p>
            ))}
      </Section>
      <Section title={t('lookups.title')} hint={t('lookups.hint')}>
        <LookupsEditor draft={draft} onChange={change} />
        {isAsked && problems.includes('lookupName') && (
          <p role="alert" className={styles.problem}>
            {t('problems.lookupName')}
          </p>
        )}
      </Section>
      {error && <ErrorPanel error={error} />}
      <div className={styles.actions}>
        <Button type="primary" htmlType="submit" loading={isSaving}>
          {t(isNew ? 'declare' : 'save')}
        </Button>
        <LinkButton to={cancelTo}>{t('ui:cancel')}</LinkButton>
      </div>
    </Form>
  );
}
