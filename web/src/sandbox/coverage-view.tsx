import type { Graph } from '@sluice/shared/graph';
import { useTranslation } from 'react-i18next';
import type { NodeWords } from '../editing/use-node-words.ts';
import { useFormat } from '../ui/format/use-format.ts';
import type { Coverage } from './assertions.ts';
import styles from './sandbox.module.css';

interface CoverageViewProps {
  coverage: Coverage;
  graph: Graph;
  words: NodeWords;
}

/** How much of the flow the cases exercise, and the ways out that none of them takes. */
export function CoverageView({ coverage, graph, words }: CoverageViewProps) {
  const { t } = useTranslation('sandbox');
  const format = useFormat();
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
          <ul className={styles.rows}>
            {coverage.missing.map(({ node, port }) => (
              <li key={`${node}:${port}`} className={styles.row}>
                <span className={styles.grow}>
                  {words.titleOf(nodeOf(node)) || node} → {words.portNameOf(nodeOf(node), port)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
