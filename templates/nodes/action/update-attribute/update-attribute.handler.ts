import type { Attributes } from '@sluice/shared/model';
import { defineHandler } from '@sluice/shared/node-contract';
import { updateAttribute } from './update-attribute.node.ts';

export const updateAttributeHandler = defineHandler(updateAttribute, {
  enter: ({ params }) => {
    const set: Attributes = {};
    const increment: Record<string, number> = {};
    const unset: string[] = [];
    for (const { attribute, action, value } of params.changes) {
      if (action === 'unset') unset.push(attribute);
      else if (action === 'increment') increment[attribute] = asStep(attribute, value);
      else set[attribute] = value ?? null;
    }
    return {
      kind: 'advance',
      port: 'next',
      effects: [
        {
          kind: 'update-profile',
          ...(Object.keys(set).length > 0 && { set }),
          ...(Object.keys(increment).length > 0 && { increment }),
          ...(unset.length > 0 && { unset }),
        },
      ],
      reason: { code: 'update-attribute:asked', values: { count: params.changes.length } },
    };
  },
});

function asStep(attribute: string, value: unknown): number {
  if (typeof value !== 'number') throw new Error(`update-attribute: "${attribute}" is to be counted by no number`);
  return value;
}
