import { readsOf } from '@sluice/shared/condition';
import type { ModelReport } from '@sluice/shared/http-api';
import type { ValueType } from '@sluice/shared/model';
import type { FeatureSource } from './column.ts';
import type { ModelRecord } from './model-record.ts';

/**
 * Which attributes a model is taught with: those chosen, or all, without those excluded. What the label itself looks at
 * and scores of models can teach nothing; what nobody may read is not used either.
 */
export function chooseSources(
  { label, include, exclude }: Pick<ModelRecord, 'label' | 'include' | 'exclude'>,
  types: ReadonlyMap<string, ValueType>,
  rules: { scores: ReadonlySet<string>; mayUse: (attribute: string) => boolean },
): { sources: FeatureSource[]; leftOut: ModelReport['leftOut'] } {
  const labelReads = readsOf(label).attributes;
  const excluded = new Set(exclude);
  const sources: FeatureSource[] = [];
  const leftOut: ModelReport['leftOut'] = [];
  for (const attribute of include ?? types.keys()) {
    if (excluded.has(attribute)) continue;
    const type = types.get(attribute);
    if (labelReads.has(attribute)) leftOut.push({ attribute, reason: 'label' });
    else if (rules.scores.has(attribute)) leftOut.push({ attribute, reason: 'score' });
    else if (!rules.mayUse(attribute)) leftOut.push({ attribute, reason: 'unreadable' });
    else if (type === undefined) leftOut.push({ attribute, reason: 'unseen' });
    else sources.push({ attribute, type });
  }
  return { sources, leftOut };
}
