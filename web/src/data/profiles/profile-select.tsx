import { api } from '@sluice/shared/http-api';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReply } from '../../http/use-route.ts';
import { useDebounced } from '../../ui/use-debounced.ts';
import styles from './profile-select.module.css';

const SEARCH_DELAY_MS = 300;

interface ProfileSelectProps {
  value: string;
  placeholder?: string;
  isBusy?: boolean;
  onChange: (profileId: string) => void;
}

/** Finds one person by user id, e-mail address or telephone number. */
export function ProfileSelect({ value, placeholder, isBusy = false, onChange }: ProfileSelectProps) {
  const { t } = useTranslation('data');
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed, SEARCH_DELAY_MS);
  const found = useReply(api.data.listProfiles, { query: { limit: 20, ...(search !== '' && { search }) } });
  const options = found.data?.items.map(({ id, userId }) => ({ value: id, label: userId ?? id })) ?? [];
  const isKnown = value === '' || options.some((option) => option.value === value);
  return (
    <Select<string>
      className={styles.select ?? ''}
      aria-label={placeholder ?? t('profiles.search')}
      placeholder={placeholder ?? t('profiles.search')}
      value={value === '' ? null : value}
      loading={isBusy}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={isKnown ? options : [{ value, label: value }, ...options]}
      onChange={onChange}
    />
  );
}
