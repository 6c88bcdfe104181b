import { HistoryOutlined } from '@ant-design/icons';
import { type Condition, describeCondition, leavesOf } from '@sluice/shared/condition';
import { api } from '@sluice/shared/http-api';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { asksAboutRun, type Group } from './condition-group.ts';
import { useEditorFacts } from './editor-context.ts';
import styles from './recent-parts.module.css';
import { useNameReading } from './use-audience-names.ts';

const SHOWN = 4;
const STALE_MS = 2_000;

/** What the reader used lately and has not used here; one click adds it. */
export function RecentParts({ group, onAdd }: { group: Group; onAdd: (part: Condition) => void }) {
  const { t } = useTranslation('audiences');
  const language = useLanguage();
  const reading = useNameReading();
  const { isInRun, ownId } = useEditorFacts();
  const [isWhole, setWhole] = useState(false);
  // A convenience: where it cannot be had, the editor is none the worse.
  const recent = useReply(api.recentConditions.listRecentConditions, {}, { staleTime: STALE_MS }).data?.items ?? [];
  const present = new Set(group.of.flatMap(leavesOf).map((part) => JSON.stringify(part)));
  const offered = recent
    .map(({ condition }) => condition)
    .filter((part) => !present.has(JSON.stringify(part)))
    .filter((part) => isInRun || !asksAboutRun(part))
    .filter((part) => part.op !== 'audience' || part.audience !== ownId);
  if (offered.length === 0) return null;
  return (
    <div className={styles.recent} role="group" aria-label={t('recent')}>
      <span className={styles.label}>
        <HistoryOutlined aria-hidden /> {t('recent')}
      </span>
      {offered.slice(0, isWhole ? offered.length : SHOWN).map((part) => {
        const sentence = describeCondition(part, language, reading);
        return (
          <Button
            key={JSON.stringify(part)}
            size="small"
            className={styles.part ?? ''}
            title={sentence}
            onClick={() => onAdd(structuredClone(part))}
          >
            <span className={styles.sentence}>{sentence}</span>
          </Button>
        );
      })}
      {!isWhole && offered.length > SHOWN && (
        <Button type="link" size="small" onClick={() => setWhole(true)}>
          {t('moreRecent', { count: offered.length - SHOWN })}
        </Button>
      )}
    </div>
  );
}
