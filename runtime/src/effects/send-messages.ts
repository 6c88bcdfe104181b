import type { MessageDispatch, SendRequest } from '../channels/message-dispatch.ts';
import type { EffectRequest, KindPerformer } from './kind-performer.ts';

/**
 * Hands messages to their channel. Rendered with the profile as its run saw it; whoever is gone gets none.
 */
export function createMessagePerformer(messages: MessageDispatch): KindPerformer<'send-message'> {
  return {
    kind: 'send-message',
    async perform(requests) {
      const sends = requests.flatMap(toSend);
      const results = sends.length > 0 ? await messages.dispatch(sends) : [];
      return { reached: results.flatMap(({ status, effectId }) => (status === 'sent' ? [effectId] : [])) };
    },
  };
}

function toSend({ effectId, effect, run, program, profile }: EffectRequest<'send-message'>): SendRequest[] {
  if (!profile) return [];
  const { flowId, version, _id: runId } = run;
  const nodeId = effect.contentNode;
  const content = program.node(nodeId)?.params ?? {};
  return [{ effectId, runId, flowId, version, nodeId, profile, content }];
}
