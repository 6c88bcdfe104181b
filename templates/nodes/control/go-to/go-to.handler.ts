import { defineHandler, type Outcome } from '@sluice/shared/node-contract';
import { goTo } from './go-to.node.ts';

export const goToHandler = defineHandler(goTo, {
  enter: ({ params: { times }, visits }): Outcome<'again' | 'done'> => {
    if (visits > times) return { kind: 'advance', port: 'done', reason: { code: 'go-to:done', values: { times } } };
    return { kind: 'advance', port: 'again', reason: { code: 'go-to:again', values: { round: visits, times } } };
  },
});
