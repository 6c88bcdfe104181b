import { defineHandler } from '@sluice/shared/node-contract';
import { tag } from './tag.node.ts';

export const tagHandler = defineHandler(tag, {
  enter: ({ params: { action, attribute, tags } }) => {
    const lists = { [attribute]: [...new Set(tags)] };
    return {
      kind: 'advance',
      port: 'next',
      effects: [
        action === 'add'
          ? { kind: 'update-profile', addToList: lists }
          : { kind: 'update-profile', removeFromList: lists },
      ],
      reason: { code: `tag:${action}`, values: { tags: tags.join(', ') } },
    };
  },
});
