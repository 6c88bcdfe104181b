import type { ImportMapping, ImportPreview } from '@sluice/shared/http-api';
import { Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/section.tsx';
import styles from './identity-field.module.css';
import { targetOf } from './target-draft.ts';

interface IdentityFieldProps {
  mapping: ImportMapping;
  preview: ImportPreview;
  onChange: (mapping: ImportMapping) => void;
}

/** Where the user id comes from: a column, or for new profiles the number of the row behind a prefix. */
export function IdentityField({ mapping, preview, onChange }: IdentityFieldProps) {
  const { t } = useTranslation('data');
  const { identity } = mapping;
  const target = targetOf(mapping);
  const choose = (kind: 'column' | 'row-number') =>
    onChange({
      ...mapping,
      identity: kind === 'column' ? { kind, column: preview.columns[0]?.name ?? '' } : { kind, prefix: 'user-' },
    });
  return (
    <Section title={t('mapping.identity')} hint={t(`target.identityHelp.${target}`)}>
      {target === 'profiles' && (
        <Radio.Group
          aria-label={t('mapping.identity')}
          value={identity.kind}
          onChange={(event) => choose(event.target.value as 'column' | 'row-number')}
          options={[
            { value: 'column', label: t('mapping.fromColumn') },
            { value: 'row-number', label: t('mapping.fromRowNumber') },
          ]}
        />
      )}
      {identity.kind === 'column' ? (
        <label className={styles.field}>
          <span>{t('mapping.column')}</span>
          <Select
            showSearch
            className={styles.input}
            value={identity.column}
            options={preview.columns.map((column) => ({ value: column.name, label: column.name }))}
            onChange={(column) => onChange({ ...mapping, identity: { kind: 'column', column } })}
          />
        </label>
      ) : (
        <label className={styles.field}>
          <span>{t('mapping.prefix')}</span>
          <Input
            className={styles.input}
            maxLength={40}
            value={identity.prefix}
            onChange={(event) => onChange({ ...mapping, identity: { kind: 'row-number', prefix: event.target.value } })}
          />
          <span className={styles.help}>{t('mapping.prefixHelp', { example: `${identity.prefix}1` })}</span>
        </label>
      )}
    </Section>
  );
}
