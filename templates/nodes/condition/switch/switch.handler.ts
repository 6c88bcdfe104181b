import { defineHandler } from '@sluice/shared/node-contract';
import { ELSE, switchNode } from './switch.node.ts';

export const switchHandler = defineHandler(switchNode, {
  enter: async ({ params: { cases }, matches }) => {
    // One after the other: what stands further down is asked only of those who get there.
    for (const { key, name, condition } of cases) {
      const { isMatch, reason } = await matches(condition);
      if (isMatch) return { kind: 'advance', port: key, reason: reason ?? { code: 'switch:case', values: { name } } };
    }
    return { kind: 'advance', port: ELSE, reason: { code: 'switch:else', values: { count: cases.length } } };
  },
});
