import { defineHandler } from '@sluice/shared/node-contract';
import { email } from './email.node.ts';

/** Always asks for the message: a missing address is the channel's to record, so that it shows as a delivery held back. */
export const emailHandler = defineHandler(email, {
  enter: ({ nodeId }) => ({
    kind: 'advance',
    port: 'next',
    effects: [{ kind: 'send-message', channel: 'email', contentNode: nodeId }],
    reason: { code: 'email:handed-over' },
  }),
});
