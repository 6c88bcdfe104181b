import { CheckCircleOutlined, PlusOutlined } from '@ant-design/icons';
import type { Graph } from '@sluice/shared/graph';
import {
  api,
  type Case,
  type CaseResult,
  type CheckedAssertion,
  type GraphChoice,
  type Scenario,
  type Trace,
} from '@sluice/shared/http-api';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NodeWords } from '../editing/use-node-words.ts';
import type { NodeCatalog } from '../editor/catalog.ts';
import { useChange, useReply } from '../http/use-route.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Loading } from '../ui/loading.tsx';
import { StatusTag } from '../ui/status-tag.tsx';
import { assertionsOf } from './assertions.ts';
import { CaseForm } from './case-form.tsx';
import styles from './sandbox.module.css';
import { TemplateCases } from './template-cases.tsx';
import { useAssertionText } from './use-assertion-text.ts';

interface CasesPanelProps {
  flowId: string;
  /** Over which graph the cases run. */
  choice: GraphChoice;
  graph: Graph;
  catalog: NodeCatalog;
  words: NodeWords;
  scenario: Scenario;
  trace: Trace | undefined;
  results: readonly CaseResult[] | undefined;
  onResults: (results: readonly CaseResult[]) => void;
  onOpen: (scenario: Scenario) => void;
}

/** The saved dry runs of the flow, whether they pass over the graph that is shown, and what is missing where they do not. */
export function CasesPanel({
  flowId,
  choice,
  graph,
  scenario,
  trace,
  results,
  onResults,
  onOpen,
  ...rest
}: CasesPanelProps) {
  const { t } = useTranslation('sandbox');
  const [edited, setEdited] = useState<Case | 'new' | null>(null);
  const cases = useReply(api.cases.listCases, { params: { flowId } });
  const running = useChange(api.cases.runCases);
  const removing = useChange(api.cases.deleteCase, [api.cases.listCases]);
  if (edited)
    return (
      <CaseForm
        {...{ flowId, graph, scenario, ...rest }}
        changed={edited === 'new' ? null : edited}
        assertions={trace ? assertionsOf(trace, flowId) : []}
        onDone={() => setEdited(null)}
      />
    );
  if (cases.error) return <ErrorPanel error={cases.error} onRetry={() => void cases.refetch()} />;
  if (!cases.data) return <Loading />;
  const { items } = cases.data;
  const resultOf = (id: string) => results?.find(({ caseId }) => caseId === id);
  const add = (
    <>
      <Button icon={<PlusOutlined aria-hidden />} onClick={() => setEdited('new')}>
        {t('cases.add')}
      </Button>
      {graph.origin && <TemplateCases flowId={flowId} origin={graph.origin} known={items.map(({ name }) => name)} />}
    </>
  );
  if (items.length === 0)
    return (
      <EmptyState
        icon={<CheckCircleOutlined />}
        title={t('cases.empty')}
        text={t('cases.emptyText')}
        action={<div className={styles.buttons}>{add}</div>}
      />
    );
  return (
    <div className={styles.rows}>
      <div className={styles.buttons}>
        <Button
          loading={running.isPending}
          onClick={() =>
            running.mutate({ params: { flowId }, body: choice }, { onSuccess: (reply) => onResults(reply.results) })
          }
        >
          {t('cases.runAll', { count: items.length })}
        </Button>
        {add}
      </div>
      {(running.error ?? removing.error) && <ErrorPanel error={running.error ?? removing.error} />}
      <ul className={styles.rows} aria-label={t('cases.title')}>
        {items.map((one) => (
          <li key={one.id} className={styles.item}>
            <div className={styles.row}>
              <b className={styles.grow}>{one.name}</b>
              <State result={resultOf(one.id)} />
              <Dropdown
                trigger={['click']}
                menu={{
                  items: [
                    { key: 'open', label: t('cases.open') },
                    { key: 'edit', label: t('cases.edit') },
                    { key: 'delete', label: t('cases.delete'), danger: true },
                  ],
                  onClick: ({ key }) => {
                    if (key === 'open') onOpen(one.scenario);
                    else if (key === 'edit') {
                      onOpen(one.scenario);
                      setEdited(one);
                    } else removing.mutate({ params: { flowId, caseId: one.id } });
                  },
                }}
              >
                <Button type="text" size="small" aria-label={t('cases.more', { name: one.name })}>
                  ⋯
                </Button>
              </Dropdown>
            </div>
            <Checks one={one} result={resultOf(one.id)} graph={graph} words={rest.words} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function State({ result }: { result: CaseResult | undefined }) {
  const { t } = useTranslation('sandbox');
  if (!result) return <StatusTag tone="quiet" text={t('cases.notRun')} />;
  return (
    <StatusTag tone={result.isPassed ? 'good' : 'bad'} text={t(result.isPassed ? 'cases.passed' : 'cases.failed')} />
  );
}

interface ChecksProps {
  one: Case;
  result: CaseResult | undefined;
  graph: Graph;
  words: NodeWords;
}

function Checks({ one, result, graph, words }: ChecksProps) {
  const { t } = useTranslation('sandbox');
  const textOf = useAssertionText(graph, words);
  if (result?.problem !== undefined) return <p className={styles.hint}>{result.problem}</p>;
  const checks: (CheckedAssertion | { assertion: CheckedAssertion['assertion']; outcome: 'open'; found?: string })[] =
    result?.checks ?? one.assertions.map((assertion) => ({ assertion, outcome: 'open' as const }));
  return (
    <ul className={styles.checks}>
      {checks.map(({ assertion, outcome, found }) => (
        <li key={JSON.stringify(assertion)} data-outcome={outcome}>
          {textOf(assertion)}
          {outcome === 'gone' && ` — ${t('cases.gone')}`}
          {outcome === 'missed' && ` — ${found === undefined ? t('cases.missed') : t('cases.found', { found })}`}
        </li>
      ))}
    </ul>
  );
}
