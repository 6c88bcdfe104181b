import { api } from '@sluice/shared/http-api';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useReply } from '../http/use-route.ts';
import styles from './explanation.module.css';
import { personAddress } from './person-address.ts';

/** Asks about the person in any flow, also in one that it has never entered. */
export function ExplainInFlow({ profileId }: { profileId: string }) {
  const { t } = useTranslation('explanation');
  const navigate = useNavigate();
  const flows = useReply(api.flows.listFlows, { query: { limit: 200 } });
  return (
    <Select<string>
      className={styles.flows ?? ''}
      aria-label={t('inAFlow')}
      placeholder={t('inAFlow')}
      value={null}
      showSearch={{ optionFilterProp: 'label' }}
      options={(flows.data?.items ?? [])
        .filter(({ liveVersion }) => liveVersion !== null)
        .map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(flowId) => void navigate(personAddress(flowId, profileId))}
    />
  );
}
