import type { Attributes } from '@sluice/shared/model';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAttributeNames } from '../../audiences/use-attribute-names.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { Section } from '../../ui/section.tsx';
import { useHasRole } from '../../access/session.ts';
import { AttributeValueText } from '../attribute-value-text.tsx';
import styles from './profile-attributes.module.css';
import { RevealValue } from './reveal-value.tsx';

const FILTER_FROM = 12;

interface ProfileAttributesProps {
  profileId: string;
  attributes: Attributes;
  /** Those whose values are shown in their masked form. */
  masked: readonly string[];
}

export function ProfileAttributes({ profileId, attributes, masked }: ProfileAttributesProps) {
  const { t } = useTranslation('data');
  const [filter, setFilter] = useState('');
  const canReveal = useHasRole('administrator', 'operator');
  const nameOf = useAttributeNames();
  const names = Object.keys(attributes).toSorted();
  const wanted = filter.trim().toLowerCase();
  return (
    <Section title={t('profile.attributes')}>
      {names.length >= FILTER_FROM && <SearchField label={t('profile.filter')} value={filter} onChange={setFilter} />}
      {names.length === 0 && <p className={styles.none}>{t('profile.noAttributes')}</p>}
      <dl className={styles.list}>
        {names
          .filter((name) => [name, nameOf(name)].some((text) => text.toLowerCase().includes(wanted)))
          .map((name) => (
            <div key={name} className={styles.attribute}>
              <dt title={name}>{nameOf(name)}</dt>
              <dd>
                <AttributeValueText value={attributes[name]} />
                {canReveal && masked.includes(name) && <RevealValue profileId={profileId} attribute={name} />}
              </dd>
            </div>
          ))}
      </dl>
    </Section>
  );
}
