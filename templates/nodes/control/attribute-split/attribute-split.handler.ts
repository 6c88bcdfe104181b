import type { AttributeValue } from '@sluice/shared/model';
import { defineHandler, type Outcome } from '@sluice/shared/node-contract';
import { attributeSplit, OTHER } from './attribute-split.node.ts';

export const attributeSplitHandler = defineHandler(attributeSplit, {
  enter: (context): Outcome => {
    const { params, nodeId } = context;
    const held = readAsTexts(context.attribute(params.attribute));
    const chosen = params.variants.find(({ values }) => values.some((value) => held.includes(value)));
    // Whoever belongs to no variant was not part of the experiment: no exposure, so that they are in nobody's denominator.
    if (chosen === undefined)
      return {
        kind: 'advance',
        port: OTHER,
        reason: { code: 'attribute-split:other', values: { attribute: params.attribute } },
      };
    const { key, name, isHoldOut } = chosen;
    return {
      kind: 'advance',
      port: key,
      effects: [{ kind: 'record-exposure', experiment: nodeId, variant: key, isHoldOut }],
      variant: { experiment: nodeId, variant: key },
      reason: {
        code: isHoldOut ? 'attribute-split:held-out' : 'attribute-split:assigned',
        values: { attribute: params.attribute, name },
      },
    };
  },
});

/** A list counts by each of its items; numbers and booleans by the way they are written. */
function readAsTexts(value: AttributeValue | undefined): string[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}
