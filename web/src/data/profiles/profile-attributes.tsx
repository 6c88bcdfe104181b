import type { Attributes } from '@sluice/shared/model';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchField } from '../../ui/search-field.tsx';
import { Section } from '../../ui/section.tsx';
import { AttributeValueText } from '../attribute-value-text.tsx';
import styles from './profile-attributes.module.css';

const FILTER_FROM = 12;

export function ProfileAttributes({ attributes }: { attributes: Attributes }) {
  const { t } = useTranslation('data');
  const [filter, setFilter] = useState('');
  const names = Object.keys(attributes).toSorted();
  const wanted = filter.trim().toLowerCase();
  return (
    <Section title={t('profile.attributes')}>
      {names.length >= FILTER_FROM && <SearchField label={t('profile.filter')} value={filter} onChange={setFilter} />}
      {names.length === 0 && <p className={styles.none}>{t('profile.noAttributes')}</p>}
      <dl className={styles.list}>
        {names
          .filter((name) => name.toLowerCase().includes(wanted))
          .map((name) => (
            <div key={name} className={styles.attribute}>
              <dt>{name}</dt>
              <dd>
                <AttributeValueText value={attributes[name]} />
              </dd>
            </div>
          ))}
      </dl>
    </Section>
  );
}
