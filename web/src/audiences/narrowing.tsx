import { type Condition, describeCondition } from '@sluice/shared/condition';
import { api } from '@sluice/shared/http-api';
import { Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { useErrorText } from '../ui/use-error-text.ts';
import { useFormat } from '../ui/format/use-format.ts';
import type { Group } from './condition-group.ts';
import styles from './narrowing.module.css';
import { useNameReading } from './use-audience-names.ts';

/**
 * How many profiles are left after each condition of a group that joins all, or meet each of one that joins any: where an
 * audience became so small. Asked only when somebody wants to know, one count after the other.
 */
export function Narrowing({ group }: { group: Group }) {
  const { t } = useTranslation('audiences');
  const [asked, setAsked] = useState<Group>();
  if ((group.kind !== 'all' && group.kind !== 'any') || group.of.length < 2) return null;
  const { kind } = group;
  // Another condition is another question, which again waits to be asked.
  if (asked !== group)
    return (
      <div>
        <Button type="link" size="small" className={styles.ask ?? ''} onClick={() => setAsked(group)}>
          {t(`narrowing.${kind}`)}
        </Button>
      </div>
    );
  return <Rows key={JSON.stringify(group)} kind={kind} parts={group.of} />;
}

function Rows({ kind, parts }: { kind: 'all' | 'any'; parts: readonly Condition[] }) {
  const { t } = useTranslation('audiences');
  const [known, setKnown] = useState(0);
  const setKnownUpTo = useCallback((index: number) => setKnown((before) => Math.max(before, index + 1)), []);
  return (
    <ol className={styles.rows} aria-label={t(`narrowing.${kind}`)}>
      {parts.map((part, index) => (
        <Row
          // oxlint-disable-next-line react/no-array-index-key -- parts have no identity but their place
          key={index}
          joint={index === 0 ? undefined : kind}
          part={part}
          asked={kind === 'all' ? { op: 'all', of: parts.slice(0, index + 1) } : part}
          isTurn={index <= known}
          index={index}
          onKnown={setKnownUpTo}
        />
      ))}
    </ol>
  );
}

interface RowProps {
  /** How it joins the part before; absent for the first. */
  joint: 'all' | 'any' | undefined;
  part: Condition;
  asked: Condition;
  isTurn: boolean;
  index: number;
  onKnown: (index: number) => void;
}

function Row({ joint, part, asked, isTurn, index, onKnown }: RowProps) {
  const { t } = useTranslation('audiences');
  const language = useLanguage();
  const format = useFormat();
  const wordError = useErrorText();
  const reading = useNameReading();
  const count = useReply(api.data.countAudience, { body: { condition: asked } }, { enabled: isTurn });
  const isKnown = isTurn && !count.isPending;
  useEffect(() => {
    if (isKnown) onKnown(index);
  }, [isKnown, index, onKnown]);
  const words = describeCondition(part, language, reading);
  const { data } = count;
  const share = data && data.total > 0 ? data.count / data.total : 0;
  return (
    <li className={styles.row}>
      <span className={styles.words}>
        {joint ? t(`narrowing.${joint === 'all' ? 'and' : 'or'}`, { part: words }) : words}
      </span>
      <span className={styles.track} aria-hidden>
        <span className={styles.bar} style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <span className={styles.number}>
        {data &&
          (data.margin === undefined ? format.count(data.count) : t('about', { count: format.count(data.count) }))}
        {!data && (count.error ? wordError(count.error) : t('counting'))}
      </span>
    </li>
  );
}
