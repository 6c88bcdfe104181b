import { PlusOutlined } from '@ant-design/icons';
import type { Persona } from '@sluice/shared/http-api';
import { DAY_MS } from '@sluice/shared/time';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { RemovableRow } from '../ui/removable-row.tsx';
import { EventFields } from './event-fields.tsx';
import styles from './sandbox.module.css';
import { SpanField } from './span-field.tsx';

/** More are not written by hand: they come with a copy, and are counted instead of shown. */
const SHOWN = 20;

/** What the persona did before the dry run began. */
export function PastEvents({ persona, onChange }: { persona: Persona; onChange: (persona: Persona) => void }) {
  const { t } = useTranslation('sandbox');
  const { events } = persona;
  const set = (next: Persona['events']) => onChange({ ...persona, events: next });
  return (
    <>
      <h4 className={styles.sub}>{t('who.events')}</h4>
      {events.slice(0, SHOWN).map((event, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- events have no identity but their place
        <div key={index} className={styles.item}>
          <RemovableRow
            removeLabel={t('who.removeEvent', { name: event.name })}
            onRemove={() => set(events.filter((_event, place) => place !== index))}
          >
            <SpanField
              label={t('who.ago')}
              value={event.agoMs}
              onChange={(agoMs) => set(events.map((old, place) => (place === index ? { ...old, agoMs } : old)))}
            />
            <span className={styles.word}>{t('who.agoWord')}</span>
          </RemovableRow>
          <EventFields
            value={event}
            onChange={(next) => set(events.map((old, place) => (place === index ? { ...old, ...next } : old)))}
          />
        </div>
      ))}
      {events.length > SHOWN && <p className={styles.hint}>{t('who.moreEvents', { count: events.length - SHOWN })}</p>}
      <div>
        <Button
          type="link"
          size="small"
          icon={<PlusOutlined aria-hidden />}
          onClick={() => set([{ name: '', agoMs: DAY_MS, properties: {} }, ...events])}
        >
          {t('who.addEvent')}
        </Button>
      </div>
    </>
  );
}
