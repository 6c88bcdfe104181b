import type { ProfileFacts } from '@sluice/shared/node-contract';
import type { DeliveryStatus, Reason } from '@sluice/shared/model';

/** One `send-message` effect, ready for its channel. `content` is the params of the node that holds the message. */
export interface SendRequest {
  effectId: string;
  runId: string;
  flowId: string;
  version: number;
  nodeId: string;
  profile: ProfileFacts;
  content: Readonly<Record<string, unknown>>;
}

export interface SendResult {
  effectId: string;
  status: DeliveryStatus;
  reason?: Reason;
}

/**
 * Takes a batch of messages. The built-in outbox finishes them here, exactly once by id. An external provider gets them
 * later from the durable queue (`planned`), at most once per id: what is not known to have been sent ends as `unknown`
 * and is never blindly sent again (RUN-3). Calling twice with the same ids is harmless.
 */
export interface MessageDispatch {
  dispatch(requests: readonly SendRequest[]): Promise<SendResult[]>;
}

/** Told when deliveries of an external provider leave the queue; the results of the flow count "reached" by it. */
export interface DeliveryListener {
  sent(deliveries: readonly { runId: string; effectId: string; at: Date }[]): Promise<void>;
}
