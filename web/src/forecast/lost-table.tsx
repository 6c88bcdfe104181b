import type { ForecastResult } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format/use-format.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import styles from './forecast.module.css';

interface Lost {
  key: string;
  where: string;
  why: string;
  count: number;
}

const SUPPRESSED = { 'email:no-address': 'noAddress', 'email:invalid-address': 'invalidAddress' } as const;

/** Who is turned away at the door, held back on the way, or left out by a channel; and why. */
export function LostTable({ result, titleOf }: { result: ForecastResult; titleOf: (node: string) => string }) {
  const { t } = useTranslation(['forecast', 'plans']);
  const format = useFormat();
  const refusals: Record<string, string> = t('plans:triggers.refused', { returnObjects: true });
  const rows: Lost[] = [
    ...result.refused.map(({ trigger, reason, count }) => ({
      key: `${trigger} ${reason}`,
      where: titleOf(trigger),
      why: refusals[reason] ?? reason,
      count,
    })),
    ...result.held.map(({ node, by, count, meanMs }) => ({
      key: node,
      where: titleOf(node),
      why: t(`lost.${by}`, { mean: format.duration(Math.round(meanMs)) }),
      count,
    })),
    ...result.messages.flatMap(({ channel, suppressed, undelivered }) => [
      ...suppressed.map(({ reason, count }) => ({
        key: `${channel} ${reason}`,
        where: t('lost.channel'),
        why: reason in SUPPRESSED ? t(`lost.${SUPPRESSED[reason as keyof typeof SUPPRESSED]}`) : reason,
        count,
      })),
      ...(undelivered > 0
        ? [{ key: `${channel} undelivered`, where: t('lost.channel'), why: t('lost.undelivered'), count: undelivered }]
        : []),
    ]),
  ];
  if (rows.length === 0) return <p className={styles.hint}>{t('lost.none')}</p>;
  return (
    <PlainTable
      label={t('lost.title')}
      rows={rows}
      keyOf={({ key }) => key}
      columns={[
        { key: 'where', title: t('lost.where'), render: ({ where }) => where },
        { key: 'why', title: t('lost.why'), render: ({ why }) => why },
        { key: 'count', title: t('lost.count'), isNumeric: true, render: ({ count }) => format.count(count) },
      ]}
    />
  );
}
