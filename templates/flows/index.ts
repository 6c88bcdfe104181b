import { cartReminder } from './cart-reminder/cart-reminder.flow.ts';
import { hillstromSplit } from './hillstrom-split/hillstrom-split.flow.ts';
import type { ReadyFlow } from './ready-flow.ts';
import { renewalReminder } from './renewal-reminder/renewal-reminder.flow.ts';
import { winBack } from './win-back/win-back.flow.ts';

export type { ReadyFlow } from './ready-flow.ts';

/** Every ready-made flow, in the order in which they are offered. A new one is a folder and a line here. */
export const readyFlows: readonly ReadyFlow[] = [hillstromSplit, winBack, cartReminder, renewalReminder];
