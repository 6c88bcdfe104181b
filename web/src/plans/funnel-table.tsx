import type { FunnelRow } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format/use-format.ts';
import { FUNNEL_STAGES, type FunnelStage } from './funnel-stages.ts';
import styles from './funnel-table.module.css';
import { ScrollArea } from '../ui/scroll-area.tsx';

interface FunnelTableProps {
  rows: readonly FunnelRow[];
  total: FunnelRow;
  currency: string | null;
  onOpen: (row: FunnelRow, stage: FunnelStage) => void;
}

export function FunnelTable({ rows, total, currency, onOpen }: FunnelTableProps) {
  const { t } = useTranslation('plans');
  const all = rows.length > 1 ? [...rows, { ...total, name: t('funnel.total') }] : rows;
  return (
    <ScrollArea label={t('funnel.question')} className={styles.scroll}>
      <table className={styles.table} aria-label={t('funnel.question')}>
        <thead>
          <tr>
            <th scope="col">{t('funnel.variant')}</th>
            {FUNNEL_STAGES.map((stage) => (
              <th key={stage} scope="col" className={styles.number}>
                {t(`funnel.stages.${stage}`)}
              </th>
            ))}
            <th scope="col" className={styles.number}>
              {t('funnel.value')}
            </th>
          </tr>
        </thead>
        <tbody>
          {all.map((row, index) => (
            <Row
              key={`${row.variant}/${index}`}
              row={row}
              isTotal={index === rows.length}
              currency={currency}
              onOpen={(stage) => onOpen(index === rows.length ? total : row, stage)}
            />
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

interface RowProps {
  row: FunnelRow;
  isTotal: boolean;
  currency: string | null;
  onOpen: (stage: FunnelStage) => void;
}

function Row({ row, isTotal, currency, onOpen }: RowProps) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  return (
    <tr data-total={isTotal}>
      <th scope="row" className={styles.variant}>
        <span className={styles.name}>{row.name}</span>
        {row.isHoldOut && <span className={styles.note}>{t('funnel.holdOut')}</span>}
      </th>
      {FUNNEL_STAGES.map((stage) => {
        const label = t('funnel.opens', { variant: row.name, stage: t(`funnel.stages.${stage}`) });
        const counts = { part: format.count(row[stage]), whole: format.count(row.targeted) };
        return (
          <td key={stage} className={styles.number}>
            <button
              type="button"
              className={styles.open}
              disabled={row[stage] === 0}
              aria-label={`${format.count(row[stage])}: ${label}`}
              title={label}
              onClick={() => onOpen(stage)}
            >
              {format.count(row[stage])}
            </button>
            {stage !== 'targeted' && (
              <span className={styles.note} title={t('funnel.shareOf', counts)}>
                {format.share(row[stage], row.targeted)}
              </span>
            )}
          </td>
        );
      })}
      <td className={styles.number}>
        {format.money(row.value, currency)}
        <span className={styles.note} title={t('funnel.perProfile')}>
          {row.targeted === 0 ? '' : `⌀ ${format.money(row.value / row.targeted, currency)}`}
        </span>
      </td>
    </tr>
  );
}
