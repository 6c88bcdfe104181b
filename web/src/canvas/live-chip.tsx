import { TrophyOutlined } from '@ant-design/icons';
import type { GraphNode } from '@sluice/shared/graph';
import { useTranslation } from 'react-i18next';
import { useNodeWords } from '../editing/use-node-words.ts';
import { useFormat } from '../ui/format/use-format.ts';
import styles from './live-chip.module.css';
import { type CountPlace, useLive } from './live-layer.tsx';

/** How many entered a node, wait there, failed there and converted; each number opens the profiles behind it. */
export function LiveChip({ node }: { node: GraphNode }) {
  const { t } = useTranslation('canvas');
  const live = useLive();
  const format = useFormat();
  const words = useNodeWords();
  if (!live?.counts) return null;
  const counts = live.counts.nodes[node.id];
  const title = words.titleOf(node);
  const figures: { key: 'entered' | 'waiting' | 'failed'; value: number; place: CountPlace }[] = [
    { key: 'entered', value: counts?.entered ?? 0, place: { node: node.id } },
    { key: 'waiting', value: counts?.waiting ?? 0, place: { at: node.id, status: 'waiting' } },
    { key: 'failed', value: counts?.failed ?? 0, place: { at: node.id, status: 'failed' } },
  ];
  return (
    <div className={`${styles.chip} nodrag nopan`}>
      {figures
        .filter(({ key, value }) => key === 'entered' || value > 0)
        .map(({ key, value, place }) => {
          return (
            <button
              key={key}
              type="button"
              className={styles.figure}
              data-kind={key}
              disabled={value === 0}
              // What is read out holds what is seen, so that it can also be asked for by voice.
              aria-label={t(`live.${key}Of`, { node: title, value: format.compact(value) })}
              title={t(`live.${key}Of`, { node: title, value: format.count(value) })}
              onClick={(event) => {
                event.stopPropagation();
                live.open(place);
              }}
            >
              {t(`live.${key}`, { value: format.compact(value) })}
            </button>
          );
        })}
      <Conversion node={node} />
    </div>
  );
}

/** The share of those who entered the node that has converted. */
function Conversion({ node }: { node: GraphNode }) {
  const { t } = useTranslation('canvas');
  const live = useLive();
  const format = useFormat();
  const words = useNodeWords();
  const entered = live?.counts?.nodes[node.id]?.entered ?? 0;
  if (!live?.conversions || entered === 0) return null;
  const converted = live.conversions[node.id] ?? 0;
  const share = format.share(converted, entered);
  const counts = { node: words.titleOf(node), share, part: format.count(converted), whole: format.count(entered) };
  return (
    <button
      type="button"
      className={styles.figure}
      data-kind="converted"
      disabled={converted === 0}
      aria-label={t('live.convertedOf', counts)}
      title={t('live.convertedOf', counts)}
      onClick={(event) => {
        event.stopPropagation();
        live.open({ node: node.id, stage: 'converted' });
      }}
    >
      <TrophyOutlined aria-hidden /> {share}
    </button>
  );
}
