import { defineHandler } from '@sluice/shared/node-contract';
import { filter } from './filter.node.ts';

export const filterHandler = defineHandler(filter, {
  enter: async (context) => {
    const { isMatch, reason } = await context.matches(context.params.condition);
    const port = isMatch ? 'yes' : 'no';
    return { kind: 'advance', port, reason: reason ?? { code: `filter:${port}` } };
  },
});
