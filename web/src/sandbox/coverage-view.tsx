import type { Graph } from '@sluice/shared/graph';
import { api, type GraphChoice, type Scenario } from '@sluice/shared/http-api';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDistinctTitles } from '../editing/distinct-titles.ts';
import type { NodeWords } from '../editing/use-node-words.ts';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import type { Coverage } from './assertions.ts';
import { runnable } from './scenario-draft.ts';
import styles from './sandbox.module.css';

interface CoverageViewProps {
  flowId: string;
  choice: GraphChoice;
  coverage: Coverage;
  graph: Graph;
  words: NodeWords;
  /** What is set up now: a suggestion starts from it. */
  scenario: Scenario;
  onFound: (scenario: Scenario) => void;
}

/** How much of the flow the cases exercise, and the ways out that none of them takes. */
export function CoverageView({ flowId, choice, coverage, graph, words, scenario, onFound }: CoverageViewProps) {
  const { t } = useTranslation('sandbox');
  const format = useFormat();
  const titleOf = useDistinctTitles(graph.nodes, words);
  const suggesting = useChange(api.sandbox.suggestPersona);
  const asked = suggesting.variables?.body;
  const whyNot = (stuckAt: string | null) =>
    stuckAt === null ? t('coverage.noWay') : t('coverage.stuck', { node: titleOf(stuckAt) });
  const nodeOf = (id: string) => graph.nodes.find((node) => node.id === id);
  return (
    <section className={styles.coverage} aria-label={t('coverage.title')}>
      <h4 className={styles.sub}>
        {t('coverage.title')}:{' '}
        {t('coverage.ways', { covered: format.count(coverage.covered), all: format.count(coverage.all) })} (
        {format.share(coverage.covered, coverage.all)})
      </h4>
      {coverage.missing.length > 0 && (
        <>
          <p className={styles.hint}>{t('coverage.missing')}</p>
          {suggesting.error && <ErrorPanel error={suggesting.error} />}
          {suggesting.data?.scenario === null && (
            <Alert type="info" showIcon title={t('coverage.none', { why: whyNot(suggesting.data.stuckAt) })} />
          )}
          <ul className={styles.rows}>
            {coverage.missing.map(({ node, port }) => (
              <li key={`${node}:${port}`} className={styles.row}>
                <span className={styles.grow}>
                  {titleOf(node)} → {words.portNameOf(nodeOf(node), port)}
                </span>
                <Button
                  type="link"
                  size="small"
                  disabled={suggesting.isPending}
                  loading={suggesting.isPending && asked?.node === node && asked.port === port}
                  onClick={() =>
                    suggesting.mutate(
                      { params: { flowId }, body: { ...choice, scenario: runnable(scenario), node, port } },
                      { onSuccess: (reply) => reply.scenario && onFound(reply.scenario) },
                    )
                  }
                >
                  {t('coverage.suggest')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
