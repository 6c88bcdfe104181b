import { hasErrors } from '@sluice/shared/graph';
import { api, type CaseResult, type Flow } from '@sluice/shared/http-api';
import type { PublishPolicy } from '@sluice/shared/model';
import type { TriggerPlan } from '@sluice/shared/node-contract';
import { describeRecurrence } from '@sluice/shared/time';
import { Alert, Button, Drawer, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useHasRole } from '../access/session.ts';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { useProblems } from '../editing/problems.tsx';
import { type ApiError, hasErrorCode } from '../http/api-error.ts';
import { useChange, useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { useTriggerPlans } from './trigger-plans.ts';
import { ProblemList } from './problems-panel.tsx';
import styles from './publish-drawer.module.css';
import { RunPolicy } from './run-policy.tsx';
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
  const { t } = useTranslation('plans');
  const noteId = useId();
  const editor = useEditor();
  const nameId = useId();
  const [name, setName] = useState('');
  const [note, setNote] = useState('');
  const [policy, setPolicy] = useState<PublishPolicy>({ kind: 'stay' });
  const nodes = useEditorState(({ document }) => document.nodes);
  const [isUnsaved, setUnsaved] = useState(false);
  const problems = useProblems();
  const publishing = useChange(api.flows.publishFlow, [
    api.flows.listFlows,
    api.flows.getFlow,
    api.flows.listVersions,
    api.lifecycle.listBulkChanges,
  ]);
  const isBlocked = hasErrors(problems);
  const version = (flow.liveVersion ?? 0) + 1;

  const mayIgnore = useHasRole('administrator');

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
    publishing.mutate(
      { params: { flowId: flow.id }, body },
      {
        onSuccess: ({ version }) => onPublished(version),
      },
    );
  }

  return (
    <Drawer
      open={isOpen}
      size={480}
      title={t('publish.title', { version })}
      onClose={onClose}
      footer={
        <Button type="primary" block disabled={isBlocked} loading={publishing.isPending} onClick={() => void publish()}>
          {t('publish.publish', { version })}
        </Button>
      }
    >
      <div className={styles.body}>
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
                  {t('publish.ignoreCases')}
                </Button>
              )}
            </div>
          </>
        )}
        <WhatHappens flow={flow} version={version} />
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

function WhatHappens({ flow, version }: { flow: Flow; version: number }) {
  const { t } = useTranslation('plans');
  const measurement = useEditorState(({ document }) => document.measurement);
  const plans = useTriggerPlans();
  return (
    <section>
      <h3 className={styles.heading}>{t('publish.what')}</h3>
      <ul className={styles.facts}>
        {plans.map(({ node, plan }) => (
          <Trigger key={node} plan={plan} version={version} />
        ))}
        {flow.liveVersion !== null && plans.some(({ plan }) => plan.reentry.kind === 'once') && (
          <li>{t('publish.once')}</li>
        )}
        <li>
          {measurement?.conversionEvent
            ? t('publish.measured', { event: measurement.conversionEvent })
            : t('publish.notMeasured')}
        </li>
      </ul>
    </section>
  );
}

function Trigger({ plan, version }: { plan: TriggerPlan; version: number }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const language = useLanguage();
  const audience = useReply(api.data.countAudience, { body: { condition: plan.audience } });
  const { start } = plan;
  const startText =
    start.kind === 'publish'
      ? t('publish.atOnce', { version })
      : start.kind === 'at'
        ? t('publish.atTime', { version, time: format.exact(start.at) })
        : start.kind === 'recurring'
          ? t('publish.again', { version, recurrence: describeRecurrence(start.recurrence, language) })
          : t(`publish.on.${start.kind}`, { version });
  return (
    <>
      <li>{startText}</li>
      <li aria-busy={audience.isPending}>
        {audience.error && <ErrorPanel error={audience.error} onRetry={() => void audience.refetch()} />}
        {audience.isPending && t('publish.counting')}
        {audience.data && (
          <>
            {t('publish.audience', { sentence: audience.data.sentence[language] })}
            <strong className={styles.figure}>
              {t('publish.matching', {
                matching: format.count(audience.data.count),
                total: format.count(audience.data.total),
              })}
            </strong>
          </>
        )}
      </li>
    </>
  );
}
