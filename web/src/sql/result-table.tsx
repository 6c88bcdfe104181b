import type { StatementResult } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { Loading } from '../ui/loading.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import styles from './result-table.module.css';

interface ResultTableProps {
  result: StatementResult | undefined;
  isRunning: boolean;
}

/** The first rows of a statement under how many there are. */
export function ResultTable({ result, isRunning }: ResultTableProps) {
  const { t } = useTranslation('sql');
  const format = useFormat();
  if (isRunning && !result) return <Loading />;
  if (!result) return <EmptyState title={t('first')} text={t('firstText')} />;
  const { columns, rows, count, tookMs } = result;
  if (rows.length === 0) return <EmptyState title={t('none')} text={t('noneText')} />;
  const counted = count === null ? t('uncounted') : t('rows', { count });
  const isCut = count === null || count > rows.length;
  return (
    <div className={styles.result} aria-busy={isRunning} data-stale={isRunning}>
      <p className={styles.count} role="status">
        <strong>{counted}</strong>
        {isCut && ` · ${t('shown', { shown: format.count(rows.length) })}`} ·{' '}
        {t('took', { duration: format.duration(tookMs) })}
      </p>
      <PlainTable
        label={counted}
        rows={rows.map((cells, index) => ({ cells, key: String(index) }))}
        keyOf={({ key }) => key}
        columns={columns.map(({ name, type }, index) => ({
          key: `${index} ${name}`,
          title: name,
          isNumeric: type === 'number',
          render: ({ cells }: { cells: unknown[] }) => <Cell value={cells[index]} isInstant={type === 'date'} />,
        }))}
      />
    </div>
  );
}

const MOST_PLACES = 6;

function Cell({ value, isInstant }: { value: unknown; isInstant: boolean }) {
  const { t, i18n } = useTranslation('sql');
  const format = useFormat();
  if (value === null || value === undefined) return <span className={styles.null}>{t('null')}</span>;
  if (typeof value === 'number') return value.toLocaleString(i18n.language, { maximumFractionDigits: MOST_PLACES });
  if (isInstant && typeof value === 'string') return <span className={styles.cell}>{format.second(value)}</span>;
  return <span className={styles.cell}>{typeof value === 'string' ? value : JSON.stringify(value)}</span>;
}
