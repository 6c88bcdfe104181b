import type { AnyHandler, HandlerOf } from '@sluice/shared/node-contract';
import { emailHandler } from './action/email/email.handler.ts';
import { updateAttributeHandler } from './action/update-attribute/update-attribute.handler.ts';
import { filterHandler } from './condition/filter/filter.handler.ts';
import { abSplitHandler } from './control/ab-split/ab-split.handler.ts';
import { attributeSplitHandler } from './control/attribute-split/attribute-split.handler.ts';
import { delayHandler } from './control/delay/delay.handler.ts';
import { exitHandler } from './control/exit/exit.handler.ts';
import { sendingWindowHandler } from './control/sending-window/sending-window.handler.ts';
import { untilHandler } from './control/until/until.handler.ts';
import type { BuiltInManifest } from './manifests.ts';
import { scheduleHandler } from './trigger/schedule/schedule.handler.ts';

/** One handler per kind: a kind without one, or with another kind's, does not compile. */
const builtIn: { [M in BuiltInManifest as M['kind']]: HandlerOf<M> } = {
  schedule: scheduleHandler,
  filter: filterHandler,
  delay: delayHandler,
  until: untilHandler,
  'sending-window': sendingWindowHandler,
  'ab-split': abSplitHandler,
  'attribute-split': attributeSplitHandler,
  exit: exitHandler,
  email: emailHandler,
  'update-attribute': updateAttributeHandler,
};

export const handlers: ReadonlyMap<string, AnyHandler> = new Map<string, AnyHandler>(Object.entries(builtIn));
