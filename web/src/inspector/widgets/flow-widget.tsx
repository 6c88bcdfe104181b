import { api } from '@sluice/shared/http-api';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReply } from '../../http/use-route.ts';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

const MOST_OFFERED = 50;

/** Another flow, found by its name; the name is kept with it, for the card. */
export function FlowWidget({ id, value, isDisabled, isInvalid, describedBy, onChange }: WidgetProps) {
  const { t } = useTranslation('inspector');
  const [search, setSearch] = useState('');
  const query = { limit: MOST_OFFERED, ...(search !== '' && { search }) };
  const found = useReply(api.flows.listFlows, { query }).data?.items ?? [];
  const chosen = (value as { id: string; name: string } | undefined) ?? { id: '', name: '' };
  const offered = found.map((flow) => ({ value: flow.id, label: flow.name }));
  const isListed = offered.some((one) => one.value === chosen.id);
  return (
    <Select<string>
      id={id}
      className={styles.wide ?? ''}
      value={chosen.id || null}
      disabled={isDisabled}
      placeholder={t('flow.placeholder')}
      aria-describedby={describedBy}
      {...(isInvalid && { status: 'error' as const })}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      options={isListed || chosen.id === '' ? offered : [{ value: chosen.id, label: chosen.name }, ...offered]}
      onChange={(flowId) => onChange({ id: flowId, name: offered.find((one) => one.value === flowId)?.label ?? '' })}
    />
  );
}
