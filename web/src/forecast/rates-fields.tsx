import { UndoOutlined } from '@ant-design/icons';
import type { ForecastBasis, ListenedEvent } from '@sluice/shared/http-api';
import { Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { SpanField } from '../sandbox/span-field.tsx';
import styles from './forecast.module.css';
import { rateOf, type SettingsDraft, withoutRate, withRate } from './settings-draft.ts';
import { ShareField } from './share-field.tsx';

interface RatesFieldsProps {
  basis: ForecastBasis;
  draft: SettingsDraft;
  titleOf: (node: string) => string;
  onChange: (draft: SettingsDraft) => void;
}

/** For each event that the flow looks at: how many do it without a message, and after each message. */
export function RatesFields({ basis, draft, titleOf, onChange }: RatesFieldsProps) {
  const { t } = useTranslation('forecast');
  if (basis.events.length === 0) return <p className={styles.hint}>{t('rates.none')}</p>;
  return (
    <>
      <p className={styles.hint}>{t('rates.hint')}</p>
      {basis.events.map((event) => (
        <fieldset key={event.key} className={styles.group}>
          <legend className={styles.sub}>
            {event.event}
            {event.where.length > 0 && ` (${t('rates.filtered')})`}
          </legend>
          {[null, ...basis.messageNodes.map(({ node }) => node)].map((node) => (
            <Rate
              key={node ?? ''}
              {...{ event, node, basis, draft, onChange }}
              who={node === null ? t('rates.unasked') : titleOf(node)}
            />
          ))}
        </fieldset>
      ))}
    </>
  );
}

interface RateProps extends Omit<RatesFieldsProps, 'titleOf'> {
  event: ListenedEvent;
  node: string | null;
  who: string;
}

function Rate({ event, node, who, basis, draft, onChange }: RateProps) {
  const { t } = useTranslation('forecast');
  const rate = rateOf(draft, basis, { key: event.key, node });
  if (!rate) return null;
  const { source, key, share, medianMs } = rate;
  const values = { event: event.event, who };
  return (
    <div className={styles.rate}>
      <div className={styles.rateWho}>
        <span className={styles.grow}>{who}</span>
        <span className={styles.hint}>
          {source.kind === 'given' || source.kind === 'none'
            ? t(`rates.source.${source.kind}`)
            : t(`rates.source.${source.kind}`, { count: source.count })}
        </span>
        {source.kind === 'given' && (
          <Tooltip title={t('rates.reset')}>
            <Button
              type="text"
              size="small"
              icon={<UndoOutlined aria-hidden />}
              aria-label={`${t('rates.reset')}: ${event.event}, ${who}`}
              onClick={() => onChange(withoutRate(draft, { key, node }))}
            />
          </Tooltip>
        )}
      </div>
      <div className={styles.row}>
        <ShareField
          label={t('rates.share', values)}
          value={share}
          onChange={(next) => onChange(withRate(draft, { key, node, medianMs, share: next }))}
        />
        <span className={`${styles.hint} ${styles.word}`}>{t('rates.after')}</span>
        <SpanField
          label={t('rates.median', values)}
          value={roundSpan(medianMs)}
          onChange={(next) => onChange(withRate(draft, { key, node, share, medianMs: next }))}
        />
      </div>
    </div>
  );
}

const MINUTE_MS = 60_000;

/** A span read from history, as one would say it: minutes up to two hours, then hours. */
function roundSpan(ms: number): number {
  const unit = ms > 120 * MINUTE_MS ? 60 * MINUTE_MS : MINUTE_MS;
  return ms === 0 ? 0 : Math.max(1, Math.round(ms / unit)) * unit;
}
