import { api, type Model } from '@sluice/shared/http-api';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../access/session.ts';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Moment } from '../ui/moment.tsx';
import styles from './retrain-field.module.css';

const RHYTHMS = [1, 7, 30] as const;
const NEVER = 0;

/** Whether the model keeps learning from the results that come in, and when it does so next. */
export function RetrainField({ model }: { model: Model }) {
  const { t } = useTranslation('models');
  const mayEdit = useHasRole('administrator', 'operator', 'developer');
  const change = useChange(api.models.retrainModel, [api.models.getModel]);
  const days = model.retrain?.everyDays ?? NEVER;
  const rhythms = [...new Set([...RHYTHMS, ...(days === NEVER ? [] : [days])])].sort((a, b) => a - b);
  return (
    <span className={styles.field}>
      <Select<number>
        size="small"
        aria-label={t('retrain.label')}
        disabled={!mayEdit}
        loading={change.isPending}
        popupMatchSelectWidth={false}
        value={days}
        options={[NEVER, ...rhythms].map((value) => ({
          value,
          label: value === NEVER ? t('retrain.never') : t('retrain.every', { count: value }),
        }))}
        onChange={(value) =>
          change.mutate({ params: { modelId: model.id }, body: { everyDays: value === NEVER ? null : value } })
        }
      />
      {model.retrain && (
        <span className={styles.next}>
          {t('retrain.next')} <Moment at={model.retrain.nextAt} />
        </span>
      )}
      {change.error && <ErrorPanel error={change.error} />}
    </span>
  );
}
