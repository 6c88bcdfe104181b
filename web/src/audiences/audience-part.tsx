import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AudienceLeaf } from './condition-group.ts';
import { useEditorFacts } from './editor-context.ts';
import styles from './fields.module.css';
import { NameSelect } from './name-select.tsx';
import { PartFrame } from './part-frame.tsx';

interface AudiencePartProps {
  leaf: AudienceLeaf;
  at: string;
  onChange: (leaf: AudienceLeaf) => void;
  onRemove: () => void;
}

const MEMBERSHIPS = ['member', 'notMember'] as const;

/** "is a member of the audience Regulars". */
export function AudiencePart({ leaf, at, onChange, onRemove }: AudiencePartProps) {
  const { t } = useTranslation('audiences');
  const { names, isDisabled } = useEditorFacts();
  const options = [...names.audiences].map(([value, label]) => ({ value, label }));
  const name = names.audiences.get(leaf.audience) ?? leaf.audience;
  return (
    <PartFrame name={name} at={at} onRemove={onRemove}>
      <NameSelect
        label={t('audience')}
        value={leaf.audience}
        options={options}
        onChange={(audience) => onChange({ ...leaf, audience })}
      />
      <Select
        className={styles.operator ?? ''}
        aria-label={t('membership')}
        value={leaf.is}
        disabled={isDisabled}
        popupMatchSelectWidth={false}
        options={MEMBERSHIPS.map((is) => ({ value: is, label: t(`memberships.${is}`) }))}
        onChange={(is) => onChange({ ...leaf, is })}
      />
    </PartFrame>
  );
}
