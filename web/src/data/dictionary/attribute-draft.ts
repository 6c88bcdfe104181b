import type {
  AttributeDeclaration,
  AttributeDefinition,
  AttributeRule,
  MergeRule,
  OnBreach,
  ValueType,
} from '@sluice/shared/model';

/** The form over one attribute: every field is there, empty where nothing is said. */
export interface AttributeDraft extends Pick<AttributeDeclaration, 'sensitivity'> {
  displayName: string;
  description: string;
  owner: string;
  maskAs: AttributeDeclaration['maskAs'] | '';
  onMerge: MergeRule | '';
  isChecked: boolean;
  type: ValueType | '';
  min: string | number | null;
  max: string | number | null;
  options: string[];
  pattern: string;
  isRequired: boolean;
  onBreach: OnBreach;
}

export function draftOf(attribute: AttributeDefinition): AttributeDraft {
  const { displayName = '', description = '', owner = '', sensitivity, maskAs = '', rule, onMerge = '' } = attribute;
  return {
    displayName,
    description,
    owner,
    sensitivity,
    maskAs,
    onMerge,
    isChecked: rule !== undefined,
    type: rule ? (rule.type ?? '') : attribute.type,
    min: rule?.min ?? null,
    max: rule?.max ?? null,
    options: rule?.options ?? [],
    pattern: rule?.pattern ?? '',
    isRequired: rule?.required ?? false,
    onBreach: rule?.onBreach ?? 'quarantine',
  };
}

/** What the type has no use for is left out: nobody sees those fields. */
export function declarationOf(draft: AttributeDraft): AttributeDeclaration {
  const { displayName, description, owner, sensitivity, maskAs, onMerge } = draft;
  return {
    ...(displayName.trim() !== '' && { displayName: displayName.trim() }),
    ...(description.trim() !== '' && { description: description.trim() }),
    ...(owner.trim() !== '' && { owner: owner.trim() }),
    sensitivity,
    ...(maskAs && { maskAs }),
    ...(onMerge && { onMerge }),
    ...(draft.isChecked && { rule: ruleOf(draft) }),
  };
}

export const hasRange = (type: AttributeDraft['type']) => type === 'number' || type === 'date';
export const hasOptions = (type: AttributeDraft['type']) => type === '' || type === 'string' || type === 'list';
export const hasPattern = (type: AttributeDraft['type']) => type === '' || type === 'string';

function ruleOf({ type, min, max, options, pattern, isRequired, onBreach }: AttributeDraft): AttributeRule {
  const isGiven = (bound: string | number | null) => bound !== null && String(bound).trim() !== '';
  return {
    ...(type && { type }),
    ...(hasRange(type) && isGiven(min) && { min: min as string | number }),
    ...(hasRange(type) && isGiven(max) && { max: max as string | number }),
    ...(hasOptions(type) && options.length > 0 && { options }),
    ...(hasPattern(type) && pattern.trim() !== '' && { pattern: pattern.trim() }),
    ...(isRequired && { required: true }),
    onBreach,
  };
}
