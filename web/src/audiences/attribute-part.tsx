import { operatorsOf } from '@sluice/shared/condition';
import { useTranslation } from 'react-i18next';
import { ComparisonFields } from './comparison-fields.tsx';
import { type AttributeLeaf, createAttributeLeaf } from './condition-group.ts';
import { useEditorFacts } from './editor-context.ts';
import { NameSelect } from './name-select.tsx';
import { PartFrame } from './part-frame.tsx';

interface AttributePartProps {
  leaf: AttributeLeaf;
  at: string;
  onChange: (leaf: AttributeLeaf) => void;
  onRemove: () => void;
}

/** "history is greater than 100". Another attribute of the same type keeps the comparison. */
export function AttributePart({ leaf, at, onChange, onRemove }: AttributePartProps) {
  const { t } = useTranslation('audiences');
  const { names } = useEditorFacts();
  const known = names.attributes.get(leaf.name);
  const type = known?.type ?? 'string';
  const rename = (name: string) => {
    const nextType = names.attributes.get(name)?.type ?? 'string';
    onChange(nextType === type ? { ...leaf, name } : createAttributeLeaf(name, nextType));
  };
  const options = [...names.attributes.values()]
    .filter(({ rights }) => rights.mayUse)
    .map(({ name, displayName }) => ({ value: name, label: displayName || name }));
  return (
    <PartFrame name={leaf.name} at={at} onRemove={onRemove}>
      <NameSelect label={t('attribute')} value={leaf.name} options={options} onChange={rename} />
      <ComparisonFields
        is={leaf.is}
        type={type}
        operators={operatorsOf(type, 'attribute')}
        samples={known?.samples ?? []}
        onChange={(is) => onChange({ ...leaf, is })}
      />
    </PartFrame>
  );
}
