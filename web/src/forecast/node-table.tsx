import type { ForecastNode, ForecastResult } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { NO_FIGURE } from '../ui/format/format-number.ts';
import { useFormat } from '../ui/format/use-format.ts';
import { type PlainColumn, PlainTable } from '../ui/plain-table.tsx';
import styles from './forecast.module.css';

interface NodeTableProps {
  result: ForecastResult;
  other: ForecastResult | undefined;
  titleOf: (node: string) => string;
  portOf: (node: string, port: string) => string;
  onShow: (node: string) => void;
}

/** How many come to each node, how they go on, and how long they are there. */
export function NodeTable({ result, other, titleOf, portOf, onShow }: NodeTableProps) {
  const { t } = useTranslation('forecast');
  const format = useFormat();
  const otherOf = ({ node }: ForecastNode) => other?.nodes.find((one) => one.node === node)?.entered;
  const hasFailures = result.nodes.some(({ failed }) => failed > 0);
  const columns: PlainColumn<ForecastNode>[] = [
    {
      key: 'node',
      title: t('nodes.node'),
      render: ({ node }) => (
        <button
          type="button"
          className={styles.link}
          aria-label={t('nodes.show', { node: titleOf(node) })}
          onClick={() => onShow(node)}
        >
          {titleOf(node)}
        </button>
      ),
    },
    { key: 'entered', title: t('nodes.entered'), isNumeric: true, render: ({ entered }) => format.count(entered) },
    ...(other
      ? [
          {
            key: 'other',
            title: t('nodes.other'),
            isNumeric: true,
            render: (row: ForecastNode) => {
              const before = otherOf(row);
              return before === undefined ? NO_FIGURE : format.count(before);
            },
          },
          {
            key: 'change',
            title: t('nodes.change'),
            isNumeric: true,
            render: (row: ForecastNode) => {
              const before = otherOf(row);
              return before === undefined ? NO_FIGURE : format.delta(row.entered, before);
            },
          },
        ]
      : []),
    {
      key: 'left',
      title: t('nodes.left'),
      render: ({ node, left, entered }) => (
        <span className={styles.ports}>
          {Object.entries(left).map(([port, count]) => (
            <span key={port} className={styles.port}>
              {portOf(node, port)} <b>{format.count(count)}</b>
              <span className={styles.hint}> {format.share(count, entered)}</span>
            </span>
          ))}
        </span>
      ),
    },
    {
      key: 'waits',
      title: t('nodes.waits'),
      isNumeric: true,
      render: ({ waited, waiting, waitedMs }) =>
        waited > waiting ? format.duration(Math.round(waitedMs / (waited - waiting))) : NO_FIGURE,
    },
    {
      key: 'waiting',
      title: t('nodes.waiting'),
      isNumeric: true,
      render: ({ waiting }) => (waiting === 0 ? NO_FIGURE : format.count(waiting)),
    },
    ...(hasFailures
      ? [
          {
            key: 'failed',
            title: t('nodes.failed'),
            isNumeric: true,
            render: ({ failed }: ForecastNode) => (failed === 0 ? NO_FIGURE : format.count(failed)),
          },
        ]
      : []),
  ];
  return <PlainTable label={t('nodes.title')} columns={columns} rows={result.nodes} keyOf={({ node }) => node} />;
}
