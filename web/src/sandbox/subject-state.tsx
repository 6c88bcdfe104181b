import type { Scenario, Trace } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { AttributeValueText } from '../data/attribute-value-text.tsx';
import styles from './timeline.module.css';
import { attributesAt } from './trace-view.ts';

/** What the persona is like at the moment that is looked at; what has changed since the start stands out. */
export function SubjectState({ scenario, trace, shown }: { scenario: Scenario; trace: Trace; shown: number }) {
  const { t } = useTranslation('sandbox');
  const start = scenario.subject.kind === 'persona' ? scenario.subject.persona.attributes : {};
  const now = attributesAt(start, trace.entries.slice(0, shown));
  const names = Object.keys(now).filter((name) => name !== '');
  if (names.length === 0) return null;
  return (
    <section className={styles.subject} aria-label={t('state.title')}>
      <h4 className={styles.heading}>{t('state.title')}</h4>
      <dl className={styles.attributes}>
        {names.map((name) => (
          <div key={name} data-changed={JSON.stringify(start[name]) !== JSON.stringify(now[name])}>
            <dt>{name}</dt>
            <dd>
              <AttributeValueText value={now[name]} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
