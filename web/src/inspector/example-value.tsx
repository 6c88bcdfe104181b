import { api, type Profile } from '@sluice/shared/http-api';
import { keepPreviousData } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDictionary } from '../audiences/use-dictionary.ts';
import { useReply } from '../http/use-route.ts';
import { useDebounced } from '../ui/use-debounced.ts';
import { useExamplePerson } from './example-person.tsx';
import styles from './field.module.css';
import { mentionsOf } from './mentions.ts';
import type { ParamSchema, WidgetName } from './param-schema.ts';

const QUIET_MS = 400;
/** More values than these are no example any more. */
const MOST_VALUES = 6;

interface ExampleValueProps {
  schema: ParamSchema;
  widget: WidgetName;
  value: unknown;
}

/** What the setting comes to for the chosen person: the finished text, or the values it looks at. */
export function ExampleValue({ schema, widget, value }: ExampleValueProps) {
  const person = useExamplePerson()?.person;
  if (!person) return null;
  if (widget === 'liquid' && typeof value === 'string' && /\{[{%]/.test(value))
    return <FinishedText text={value} person={person} />;
  // Lists and groups hold fields, which say it themselves; of a mail there is a picture.
  if (widget === 'list' || widget === 'group' || widget === 'mjml' || widget === 'liquid') return null;
  return <Values schema={schema} value={value} person={person} />;
}

function Values({ schema, value, person }: Omit<ExampleValueProps, 'widget'> & { person: Profile }) {
  const { t } = useTranslation('inspector');
  const { attributes } = useDictionary();
  const names = useMemo(() => [...mentionsOf(schema, value).attributes], [schema, value]);
  if (names.length === 0) return null;
  const textOf = (name: string) => {
    const own = person.attributes[name];
    if (own === undefined || own === null) return t('example.absent');
    return Array.isArray(own) ? own.join(', ') : String(own);
  };
  return (
    <p className={styles.example} title={t('example.of', { who: person.userId ?? person.id })}>
      {names.slice(0, MOST_VALUES).map((name) => (
        <span key={name}>
          {t('example.value', { name: attributes.get(name)?.displayName ?? name, value: textOf(name) })}
        </span>
      ))}
    </p>
  );
}

/** Finished by the server, like the message itself: there is one reading of Liquid. */
function FinishedText({ text, person }: { text: string; person: Profile }) {
  const { t } = useTranslation('inspector');
  const subject = useDebounced(text, QUIET_MS);
  const finished = useReply(
    api.content.previewEmail,
    { body: { subject, mjml: '<mjml><mj-body></mj-body></mjml>', profileId: person.id } },
    { enabled: subject.length <= 500, staleTime: Number.POSITIVE_INFINITY, placeholderData: keepPreviousData },
  );
  if (!finished.data) return null;
  return (
    <p className={styles.example} title={t('example.of', { who: person.userId ?? person.id })}>
      {t('example.text', { text: finished.data.subject })}
    </p>
  );
}
