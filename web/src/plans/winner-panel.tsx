import type { Decision, FunnelRow } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format/use-format.ts';
import tableStyles from './funnel-table.module.css';
import { formatP } from './p-value.ts';
import styles from './winner-panel.module.css';
import { ScrollArea } from '../ui/scroll-area.tsx';

interface WinnerPanelProps {
  decision: Decision;
  rows: readonly FunnelRow[];
}

/** How far a split has come that chooses its winner: what was decided or when that will be, and the figures behind it. */
export function WinnerPanel({ decision, rows }: WinnerPanelProps) {
  const { t } = useTranslation('plans');
  const words = useDecisionWords(decision, rows);
  const last = decision.looks.at(-1);
  return (
    <section className={styles.panel} aria-label={t('winner.title')}>
      <p className={styles.state} data-won={decision.winner !== null} role="status">
        {words}
      </p>
      {last && <LookFigures look={last} metric={decision.rule.metric} rows={rows} />}
    </section>
  );
}

function useDecisionWords(
  { rule, startedAt, nextLookAt, decidedAt, winner, looks }: Decision,
  rows: readonly FunnelRow[],
) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  if (decidedAt !== null) {
    const time = format.exact(decidedAt);
    if (winner !== null) return t(`winner.won.${rule.afterwards}`, { name: nameOf(rows, winner), time });
    return t('winner.none', { time, why: t(`winner.outcomes.${looks.at(-1)?.outcome ?? 'too-few'}`) });
  }
  if (startedAt === null || nextLookAt === null)
    return t('winner.waiting', { after: format.duration(rule.everyMs), looks: rule.looks });
  const number = Math.round((Date.parse(nextLookAt) - Date.parse(startedAt)) / rule.everyMs);
  const next = t('winner.next', { number, looks: rule.looks, time: format.exact(nextLookAt) });
  const last = looks.at(-1);
  return last ? `${t('winner.open', { why: t(`winner.outcomes.${last.outcome}`) })} ${next}` : next;
}

interface LookFiguresProps {
  look: Decision['looks'][number];
  metric: Decision['rule']['metric'];
  rows: readonly FunnelRow[];
}

/** The rates a look found, and of each variant by how much the leader is ahead and how likely that is by chance. */
function LookFigures({ look, metric, rows }: LookFiguresProps) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const leader = look.arms.find(({ variant }) => variant === look.leader);
  const rateOf = (arm: { people: number; results: number }) => (arm.people === 0 ? 0 : arm.results / arm.people);
  return (
    <ScrollArea label={t('winner.title')} className={tableStyles.scroll}>
      <table className={tableStyles.table}>
        <caption className={styles.caption}>
          {t('winner.caption', { time: format.exact(look.at), threshold: Number(look.threshold.toPrecision(2)) })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('funnel.variant')}</th>
            {[t('winner.people'), t(`winner.results.${metric}`), t('winner.rate'), t('winner.lift'), t('winner.p')].map(
              (heading) => (
                <th key={heading} scope="col" className={tableStyles.number}>
                  {heading}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {look.arms.map((arm) => {
            const against = look.comparisons.find(({ variant }) => variant === arm.variant);
            const cells = [
              format.count(arm.people),
              format.count(arm.results),
              format.share(arm.results, arm.people),
              against && leader ? format.share(rateOf(leader) - rateOf(arm), rateOf(arm)) : '',
              against ? formatP(against.pValue) : '',
            ];
            return (
              <tr key={arm.variant}>
                <th scope="row" className={tableStyles.variant}>
                  <span className={tableStyles.name}>{nameOf(rows, arm.variant)}</span>
                  {arm === leader && <span className={tableStyles.note}>{t('winner.leader')}</span>}
                  {isHoldOut(rows, arm.variant) && <span className={tableStyles.note}>{t('funnel.holdOut')}</span>}
                </th>
                {cells.map((cell, index) => (
                  // oxlint-disable-next-line react/no-array-index-key -- the cells of a row never move
                  <td key={index} className={tableStyles.number}>
                    {cell}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollArea>
  );
}

function nameOf(rows: readonly FunnelRow[], key: string): string {
  return rows.find(({ variant }) => variant === key)?.name ?? key;
}

function isHoldOut(rows: readonly FunnelRow[], key: string): boolean {
  return rows.find(({ variant }) => variant === key)?.isHoldOut === true;
}
