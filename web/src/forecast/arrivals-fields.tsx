import { UndoOutlined } from '@ant-design/icons';
import type { ForecastBasis } from '@sluice/shared/http-api';
import { Button, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './forecast.module.css';
import { type SettingsDraft, withItem } from './settings-draft.ts';

interface ArrivalsFieldsProps {
  basis: ForecastBasis;
  draft: SettingsDraft;
  titleOf: (node: string) => string;
  onChange: (draft: SettingsDraft) => void;
}

/** How many come by day to triggers that wait for them. */
export function ArrivalsFields({ basis, draft, titleOf, onChange }: ArrivalsFieldsProps) {
  const { t } = useTranslation('forecast');
  return basis.arrivals.map(({ trigger, perDay, source }) => {
    const given = draft.arrivals.find((one) => one.trigger === trigger);
    const set = (next: number | undefined) =>
      onChange({
        ...draft,
        arrivals: withItem(
          draft.arrivals,
          (one) => one.trigger === trigger,
          next === undefined ? undefined : { trigger, perDay: next },
        ),
      });
    return (
      <div key={trigger} className={styles.rate}>
        <div className={styles.rateWho}>
          <span>{titleOf(trigger)}</span>
          <span className={styles.hint}>
            {given ? t('rates.source.given') : t(source.kind === 'none' ? 'arrivals.unknown' : 'arrivals.replayed')}
          </span>
        </div>
        <div className={styles.row}>
          <InputNumber<number>
            className={styles.money ?? ''}
            aria-label={t('arrivals.perDay', { trigger: titleOf(trigger) })}
            min={0}
            suffix={t('arrivals.unit')}
            value={Math.round((given?.perDay ?? perDay) * 10) / 10}
            onChange={(next) => set(next ?? 0)}
          />
          {given && (
            <Button
              type="text"
              size="small"
              icon={<UndoOutlined aria-hidden />}
              aria-label={t('rates.reset')}
              title={t('rates.reset')}
              onClick={() => set(undefined)}
            />
          )}
        </div>
      </div>
    );
  });
}
