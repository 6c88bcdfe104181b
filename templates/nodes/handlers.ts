import type { AnyHandler, HandlerOf } from '@sluice/shared/node-contract';
import { emitEventHandler } from './action/emit-event/emit-event.handler.ts';
import { codeHandler } from './action/code/code.handler.ts';
import { audienceMembershipHandler } from './action/audience-membership/audience-membership.handler.ts';
import { emailHandler } from './action/email/email.handler.ts';
import { tagHandler } from './action/tag/tag.handler.ts';
import { updateAttributeHandler } from './action/update-attribute/update-attribute.handler.ts';
import { webhookHandler } from './action/webhook/webhook.handler.ts';
import { filterHandler } from './condition/filter/filter.handler.ts';
import { switchHandler } from './condition/switch/switch.handler.ts';
import { serviceHandler } from './condition/service/service.handler.ts';
import { abSplitHandler } from './control/ab-split/ab-split.handler.ts';
import { attributeSplitHandler } from './control/attribute-split/attribute-split.handler.ts';
import { delayHandler } from './control/delay/delay.handler.ts';
import { exitHandler } from './control/exit/exit.handler.ts';
import { sendingWindowHandler } from './control/sending-window/sending-window.handler.ts';
import { untilHandler } from './control/until/until.handler.ts';
import { goToHandler } from './control/go-to/go-to.handler.ts';
import { goalHandler } from './control/goal/goal.handler.ts';
import { joinHandler } from './control/join/join.handler.ts';
import { parallelHandler } from './control/parallel/parallel.handler.ts';
import { subFlowHandler } from './control/sub-flow/sub-flow.handler.ts';
import { throttleHandler } from './control/throttle/throttle.handler.ts';
import { waitForEventHandler } from './control/wait-for-event/wait-for-event.handler.ts';
import type { BuiltInManifest } from './manifests.ts';
import { audienceTriggerHandler } from './trigger/audience-trigger/audience-trigger.handler.ts';
import { callTriggerHandler } from './trigger/call-trigger/call-trigger.handler.ts';
import { dateTriggerHandler } from './trigger/date-trigger/date-trigger.handler.ts';
import { eventTriggerHandler } from './trigger/event-trigger/event-trigger.handler.ts';
import { scheduleHandler } from './trigger/schedule/schedule.handler.ts';

/** One handler per kind: a kind without one, or with another kind's, does not compile. */
const builtIn: { [M in BuiltInManifest as M['kind']]: HandlerOf<M> } = {
  schedule: scheduleHandler,
  'event-trigger': eventTriggerHandler,
  'audience-trigger': audienceTriggerHandler,
  'date-trigger': dateTriggerHandler,
  'call-trigger': callTriggerHandler,
  filter: filterHandler,
  switch: switchHandler,
  service: serviceHandler,
  delay: delayHandler,
  until: untilHandler,
  'sending-window': sendingWindowHandler,
  'wait-for-event': waitForEventHandler,
  throttle: throttleHandler,
  'ab-split': abSplitHandler,
  'attribute-split': attributeSplitHandler,
  parallel: parallelHandler,
  join: joinHandler,
  'go-to': goToHandler,
  'sub-flow': subFlowHandler,
  goal: goalHandler,
  exit: exitHandler,
  email: emailHandler,
  'update-attribute': updateAttributeHandler,
  'emit-event': emitEventHandler,
  code: codeHandler,
  webhook: webhookHandler,
  tag: tagHandler,
  'audience-membership': audienceMembershipHandler,
};

export const handlers: ReadonlyMap<string, AnyHandler> = new Map<string, AnyHandler>(Object.entries(builtIn));
