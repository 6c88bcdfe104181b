import { defineHandler } from '@sluice/shared/node-contract';
import { audienceMembership } from './audience-membership.node.ts';

export const audienceMembershipHandler = defineHandler(audienceMembership, {
  enter: ({ params: { audience, change } }) => ({
    kind: 'advance',
    port: 'next',
    effects: [{ kind: 'change-membership', audience, change }],
    reason: { code: `audience-membership:${change}`, values: { audience } },
  }),
});
