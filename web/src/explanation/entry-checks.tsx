import { CheckCircleFilled, CloseCircleFilled, QuestionCircleOutlined } from '@ant-design/icons';
import type { Graph } from '@sluice/shared/graph';
import type { EntryCheck, Explanation, TriggerExplanation } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { useAudienceNames } from '../audiences/use-audience-names.ts';
import { useReasonText } from '../data/profiles/use-reason-text.ts';
import type { NodeWords } from '../editing/use-node-words.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { Moment } from '../ui/moment.tsx';
import styles from './explanation.module.css';

/** Values of a check that are instants. */
const INSTANTS = ['at', 'since', 'until', 'next', 'createdAt', 'happenedAt'];

/** What each trigger asks before it lets this person in, and what it finds now. */
export function EntryChecks({ found, graph, words }: { found: Explanation; graph: Graph; words: NodeWords }) {
  const { t } = useTranslation('explanation');
  if (found.triggers.length === 0) return <EmptyState title={t(found.profile ? 'noTriggers' : 'gone')} />;
  return (
    <>
      {found.run !== null && <p className={styles.quiet}>{t('again')}</p>}
      {found.triggers.map((trigger) => (
        <Trigger
          key={trigger.node}
          trigger={trigger}
          title={words.titleOf(graph.nodes.find(({ id }) => id === trigger.node)) || trigger.node}
        />
      ))}
    </>
  );
}

function Trigger({ trigger: { checks, refusals }, title }: { trigger: TriggerExplanation; title: string }) {
  const { t } = useTranslation(['explanation', 'plans']);
  const isOut = checks.some(({ isMet }) => isMet === false);
  const isOpen = checks.some(({ isMet }) => isMet === null);
  return (
    <section className={styles.trigger} aria-label={title}>
      <h4 className={styles.heading}>{title}</h4>
      <p className={styles.verdict} data-out={isOut}>
        {t(isOut ? 'keptOut' : isOpen ? 'notYet' : 'mayEnter')}
      </p>
      <ul className={styles.checks}>
        {checks.map((check) => (
          <Check key={check.step} check={check} />
        ))}
      </ul>
      {refusals.length > 0 && (
        <>
          <p className={styles.quiet}>{t('refusals')}</p>
          <ul className={styles.checks}>
            {refusals.map(({ at, code }) => (
              <li key={`${at}:${code}`} className={styles.check}>
                <span className={styles.quiet}>
                  <Moment at={at} />
                </span>
                <span>{t(`plans:triggers.refused.${code as 'in-period'}`)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Check({ check: { step, isMet, code, values, reason } }: { check: EntryCheck }) {
  const { t } = useTranslation('explanation');
  // Which values a sentence takes is not known here; a test holds the codes and the words together.
  const say = t as unknown as (key: string, values: Readonly<Record<string, string>>) => string;
  const format = useFormat();
  const audiences = useAudienceNames();
  const reasonText = useReasonText();
  const worded = Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]) => {
      if (INSTANTS.includes(name)) return [name, format.exact(value)];
      if (name === 'audience') return [name, audiences.get(String(value)) ?? String(value)];
      if (name === 'per') return [name, t(`per.${value as 'day'}`)];
      return [name, typeof value === 'number' ? format.count(value) : value];
    }),
  );
  const next = values?.['next'];
  return (
    <li className={styles.check} data-met={String(isMet)}>
      <span className={styles.mark} role="img" aria-label={t(`met.${String(isMet) as 'true'}`)}>
        {isMet === null ? <QuestionCircleOutlined /> : isMet ? <CheckCircleFilled /> : <CloseCircleFilled />}
      </span>
      <span>
        <span className={styles.step}>{t(`steps.${step}`)}</span> {say(`checks.${code.replace(':', '.')}`, worded)}
        {reason && <span className={styles.reason}>{reasonText(reason)}</span>}
        {next !== undefined && code !== 'start:fires' && (
          <span className={styles.reason}>{say('nextTime', worded)}</span>
        )}
      </span>
    </li>
  );
}
