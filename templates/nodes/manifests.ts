import type { AnyManifest, ManifestIndex } from '@sluice/shared/node-contract';
import { emitEvent } from './action/emit-event/emit-event.node.ts';
import { code } from './action/code/code.node.ts';
import { audienceMembership } from './action/audience-membership/audience-membership.node.ts';
import { email } from './action/email/email.node.ts';
import { tag } from './action/tag/tag.node.ts';
import { updateAttribute } from './action/update-attribute/update-attribute.node.ts';
import { webhook } from './action/webhook/webhook.node.ts';
import { filter } from './condition/filter/filter.node.ts';
import { switchNode } from './condition/switch/switch.node.ts';
import { service } from './condition/service/service.node.ts';
import { abSplit } from './control/ab-split/ab-split.node.ts';
import { attributeSplit } from './control/attribute-split/attribute-split.node.ts';
import { delay } from './control/delay/delay.node.ts';
import { exit } from './control/exit/exit.node.ts';
import { sendingWindow } from './control/sending-window/sending-window.node.ts';
import { until } from './control/until/until.node.ts';
import { goTo } from './control/go-to/go-to.node.ts';
import { goal } from './control/goal/goal.node.ts';
import { join } from './control/join/join.node.ts';
import { parallel } from './control/parallel/parallel.node.ts';
import { subFlow } from './control/sub-flow/sub-flow.node.ts';
import { throttle } from './control/throttle/throttle.node.ts';
import { waitForEvent } from './control/wait-for-event/wait-for-event.node.ts';
import { audienceTrigger } from './trigger/audience-trigger/audience-trigger.node.ts';
import { callTrigger } from './trigger/call-trigger/call-trigger.node.ts';
import { dateTrigger } from './trigger/date-trigger/date-trigger.node.ts';
import { eventTrigger } from './trigger/event-trigger/event-trigger.node.ts';
import { schedule } from './trigger/schedule/schedule.node.ts';

/** Every built-in kind, in the order of the palette. A new kind is a folder, a line here and a line in `handlers.ts`. */
export const nodeManifests = [
  schedule,
  eventTrigger,
  audienceTrigger,
  dateTrigger,
  callTrigger,
  filter,
  switchNode,
  service,
  delay,
  until,
  sendingWindow,
  waitForEvent,
  throttle,
  abSplit,
  attributeSplit,
  parallel,
  join,
  goTo,
  subFlow,
  goal,
  exit,
  email,
  updateAttribute,
  emitEvent,
  code,
  webhook,
  tag,
  audienceMembership,
] as const;

export type BuiltInManifest = (typeof nodeManifests)[number];
export type BuiltInKind = BuiltInManifest['kind'];

export const manifests: ManifestIndex = new Map<string, AnyManifest>(
  nodeManifests.map((manifest) => [manifest.kind, manifest]),
);
