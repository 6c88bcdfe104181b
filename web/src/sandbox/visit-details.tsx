import type { FactRead, TraceVisit } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { AttributeValueText } from '../data/attribute-value-text.tsx';
import { useReasonText } from '../data/profiles/use-reason-text.ts';
import { useFormat } from '../ui/format/use-format.ts';
import { EffectView } from './effect-view.tsx';
import styles from './timeline.module.css';

/** What a visit looked at before it decided, and what it did. */
export function VisitDetails({ visit, isRecorded }: { visit: TraceVisit; isRecorded: boolean }) {
  const { t } = useTranslation('sandbox');
  return (
    <div className={styles.details}>
      {visit.cause !== 'enter' && (
        <p className={styles.quiet}>{t(`timeline.cause.${visit.cause}`, { by: visit.by ?? '' })}</p>
      )}
      {visit.reads.length > 0 && (
        <>
          <h4 className={styles.heading}>{t('timeline.reads')}</h4>
          <ul className={styles.facts}>
            {visit.reads.map((read) => (
              <li key={JSON.stringify(read)}>
                <Fact read={read} />
              </li>
            ))}
          </ul>
        </>
      )}
      {visit.effects.length > 0 && <h4 className={styles.heading}>{t('timeline.does')}</h4>}
      {visit.effects.map((effect) => (
        <EffectView key={effect.id} effect={effect} isRecorded={isRecorded} />
      ))}
      {isRecorded && <p className={styles.quiet}>{t('timeline.recorded')}</p>}
      {!isRecorded && visit.reads.length === 0 && visit.effects.length === 0 && visit.cause === 'enter' && (
        <p className={styles.quiet}>{t('timeline.nothing')}</p>
      )}
    </div>
  );
}

function Fact({ read }: { read: FactRead }) {
  const { t } = useTranslation('sandbox');
  const format = useFormat();
  const reasonText = useReasonText();
  switch (read.kind) {
    case 'attribute':
      return (
        <>
          {read.name} = <AttributeValueText value={read.value ?? undefined} />
        </>
      );
    case 'condition':
      return (
        <>
          <b data-yes={read.isMatch}>{t(read.isMatch ? 'timeline.holds' : 'timeline.fails')}</b>
          {read.reason && ` ${reasonText(read.reason)}`}
        </>
      );
    case 'history':
      return read.at === null
        ? t('timeline.noEvent', { event: read.event })
        : t('timeline.lastEvent', { event: read.event, time: format.second(read.at) });
    case 'draw':
      return t('timeline.draw', { percent: format.share(read.value, 1) });
    case 'place':
      return t('timeline.place', { time: format.second(read.at) });
    case 'gate':
      return t(read.isOpen ? 'timeline.gateOpen' : 'timeline.gateShut');
    case 'winner':
      return read.variant === null ? t('timeline.noWinner') : t('timeline.winner', { variant: read.variant });
    case 'code':
      return <code className={styles.code}>{read.text}</code>;
  }
}
