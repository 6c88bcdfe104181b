import { hasErrors } from '@sluice/shared/graph';
import { api, type CaseResult, type Flow } from '@sluice/shared/http-api';
import type { PublishPolicy } from '@sluice/shared/model';
import { Alert, Button, Drawer, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useHasRole } from '../access/session.ts';
import { useAsksForApproval } from '../approvals/use-asks-for-approval.ts';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { useProblems } from '../editing/problems.tsx';
import { type ApiError, hasErrorCode } from '../http/api-error.ts';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { ProblemList } from './problems-panel.tsx';
import styles from './publish-drawer.module.css';
import { RunPolicy } from './run-policy.tsx';
import { WhatHappens } from './what-happens.tsx';
import type { RunningAutosave } from './use-draft-editor.ts';

interface PublishDrawerProps {
  flow: Flow;
  autosave: RunningAutosave;
  isOpen: boolean;
  onClose: () => void;
  onPublished: (version: number) => void;
}

/** The last look before a version goes live: what stands in the way, who will be reached and what happens then. */
export function PublishDrawer({ flow, autosave, isOpen, onClose, onPublished }: PublishDrawerProps) {
  const { t } = useTranslation(['plans', 'approvals']);
  const noteId = useId();
  const editor = useEditor();
  const nameId = useId();
  const [name, setName] = useState('');
  const [note, setNote] = useState('');
  const [policy, setPolicy] = useState<PublishPolicy>({ kind: 'stay' });
  const nodes = useEditorState(({ document }) => document.nodes);
  const [isUnsaved, setUnsaved] = useState(false);
  const problems = useProblems();
  const isAsking = useAsksForApproval() ?? false;
  const direct = useChange(api.flows.publishFlow, [
    api.flows.listFlows,
    api.flows.getFlow,
    api.flows.listVersions,
    api.lifecycle.listBulkChanges,
  ]);
  const asking = useChange(api.approvals.request, [api.approvals.listApprovals]);
  const publishing = isAsking ? asking : direct;
  const isBlocked = hasErrors(problems);
  const version = (flow.liveVersion ?? 0) + 1;

  const isAdministrator = useHasRole('administrator');
  // Who sends it all the same leaves it to an administrator to agree.
  const mayIgnore = isAsking || isAdministrator;

  async function publish(ignoreCases = false): Promise<void> {
    await autosave.current?.flush();
    const { save, revision } = editor.store.getState().remote;
    setUnsaved(save.kind !== 'saved');
    if (save.kind !== 'saved') return;
    const body = {
      baseRevision: revision,
      ...(name.trim() !== '' && { name: name.trim() }),
      note: note.trim(),
      policy,
      ...(ignoreCases && { ignoreCases }),
    };
    const params = { flowId: flow.id };
    if (isAsking) asking.mutate({ params, body }, { onSuccess: onClose });
    else direct.mutate({ params, body }, { onSuccess: ({ version }) => onPublished(version) });
  }

  return (
    <Drawer
      open={isOpen}
      size={480}
      title={t(isAsking ? 'approvals:ask.title' : 'publish.title', { version })}
      onClose={onClose}
      footer={
        <Button type="primary" block disabled={isBlocked} loading={publishing.isPending} onClick={() => void publish()}>
          {isAsking ? t('approvals:ask.confirm') : t('publish.publish', { version })}
        </Button>
      }
    >
      <div className={styles.body}>
        {isAsking && <p>{t('approvals:ask.text')}</p>}
        {isBlocked && (
          <>
            <Alert
              type="error"
              showIcon
              title={t('publish.blocked', { count: problems.filter(({ severity }) => severity === 'error').length })}
            />
            <ProblemList only="error" onGo={onClose} />
          </>
        )}
        {isUnsaved && <Alert type="warning" showIcon title={t('publish.unsaved')} />}
        {publishing.error && <ErrorPanel error={publishing.error} />}
        {hasErrorCode(publishing.error, 'cases-failing') && (
          <>
            <ul className={styles.facts} aria-label={t('publish.failingCases')}>
              {failedCasesOf(publishing.error).map((name) => (
                <li key={name}>{name}</li>
              ))}
            </ul>
            <div className={styles.failing}>
              <Link to="?mode=test">{t('publish.toCases')}</Link>
              {mayIgnore && (
                <Button danger size="small" loading={publishing.isPending} onClick={() => void publish(true)}>
                  {t(isAsking ? 'approvals:ask.ignoreCases' : 'publish.ignoreCases')}
                </Button>
              )}
            </div>
          </>
        )}
        <WhatHappens version={version} isFirst={flow.liveVersion === null} />
        {flow.liveVersion !== null && (
          <RunPolicy flowId={flow.id} nodes={Object.values(nodes)} value={policy} onChange={setPolicy} />
        )}
        {problems.some(({ severity }) => severity === 'warning') && (
          <section>
            <h3 className={styles.heading}>{t('publish.warnings')}</h3>
            <ProblemList only="warning" onGo={onClose} />
          </section>
        )}
        <div>
          <label htmlFor={nameId} className={styles.heading}>
            {t('publish.name')}
          </label>
          <Input
            id={nameId}
            maxLength={60}
            placeholder={t('publish.namePlaceholder')}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <div>
          <label htmlFor={noteId} className={styles.heading}>
            {t('publish.note')}
          </label>
          <Input.TextArea
            id={noteId}
            maxLength={500}
            autoSize={{ minRows: 2, maxRows: 6 }}
            placeholder={t('publish.notePlaceholder')}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
      </div>
    </Drawer>
  );
}

/** Names of the cases that keep a flow from being published. */
function failedCasesOf({ details }: ApiError): string[] {
  const results = (details['results'] ?? []) as readonly Pick<CaseResult, 'name' | 'isPassed'>[];
  return results.filter(({ isPassed }) => !isPassed).map(({ name }) => name);
}
