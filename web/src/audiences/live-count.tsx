import type { Condition } from '@sluice/shared/condition';
import { api } from '@sluice/shared/http-api';
import { keepPreviousData } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useReply } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Moment } from '../ui/moment.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { Share } from '../ui/share.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import styles from './live-count.module.css';

const SETTLE_MS = 500;
const SAMPLE_SHOWN = 5;

interface LiveCountProps {
  condition: Condition;
  /** Why nobody can be counted: a value is not filled in yet, or a part is wrong. */
  gap: 'incomplete' | 'wrong' | undefined;
}

/** How many profiles meet the condition now, asked when typing rests; an older question is cancelled. */
export function LiveCount({ condition, gap }: LiveCountProps) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const [isWhole, setWhole] = useState(false);
  const settled = useDebounced(condition, SETTLE_MS);
  const isSettled = settled === condition;
  const [asked, setAsked] = useState<Condition>();
  const count = useReply(
    api.data.countAudience,
    { body: { condition: settled, ...(asked === settled && { isFresh: true }) } },
    { enabled: gap === undefined && isSettled, placeholderData: keepPreviousData },
  );
  if (gap) return <p className={styles.hint}>{t(gap)}</p>;
  if (count.error) return <ErrorPanel error={count.error} onRetry={() => void count.refetch()} />;
  if (!count.data) return <p className={styles.hint}>{t('counting')}</p>;
  const { count: matching, margin, total, sample, asOf } = count.data;
  return (
    <div className={styles.count} aria-live="polite" aria-busy={!isSettled || count.isFetching}>
      <span className={styles.number}>
        {margin === undefined ? format.count(matching) : t('about', { count: format.count(matching) })}
      </span>
      <span className={styles.hint}>
        {t('ofTotal', { total: format.count(total) })} · <Share part={matching} whole={total} />
        {margin !== undefined && ` · ${t('estimated', { margin: format.count(margin) })}`}
        {asOf !== undefined && (
          <>
            {' · '}
            {t('counted')} <Moment at={asOf} />
          </>
        )}
      </span>
      {asOf !== undefined && (
        <Button type="link" size="small" onClick={() => setAsked(settled)}>
          {t('countAgain')}
        </Button>
      )}
      {sample.length > 0 && (
        <span className={styles.sample}>
          {t('sample')}{' '}
          {sample.slice(0, isWhole ? sample.length : SAMPLE_SHOWN).map((profile, index) => (
            <span key={profile.id}>
              {index > 0 && ', '}
              <Link to={`/data/profiles/${profile.id}`} target="_blank">
                {profile.userId ?? profile.id.slice(0, 8)}
              </Link>
            </span>
          ))}
          {!isWhole && sample.length > SAMPLE_SHOWN && (
            <Button type="link" size="small" onClick={() => setWhole(true)}>
              {t('moreSamples', { count: sample.length - SAMPLE_SHOWN })}
            </Button>
          )}
        </span>
      )}
    </div>
  );
}
