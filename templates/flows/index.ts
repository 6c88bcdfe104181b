import { approval } from './approval/approval.flow.ts';
import { birthday } from './birthday/birthday.flow.ts';
import { cartReminder } from './cart-reminder/cart-reminder.flow.ts';
import { checkoutFollowUp } from './checkout-follow-up/checkout-follow-up.flow.ts';
import { firstOrder } from './first-order/first-order.flow.ts';
import { hillstromSplit } from './hillstrom-split/hillstrom-split.flow.ts';
import { priceDrop } from './price-drop/price-drop.flow.ts';
import type { ReadyFlow } from './ready-flow.ts';
import { renewalCall } from './renewal-call/renewal-call.flow.ts';
import { renewalReminder } from './renewal-reminder/renewal-reminder.flow.ts';
import { rfmRescue } from './rfm-rescue/rfm-rescue.flow.ts';
import { riskAndRecommendation } from './risk-and-recommendation/risk-and-recommendation.flow.ts';
import { survey } from './survey/survey.flow.ts';
import { tieredCoupons } from './tiered-coupons/tiered-coupons.flow.ts';
import { welcome } from './welcome/welcome.flow.ts';
import { winBack } from './win-back/win-back.flow.ts';

export type { FlowTexts, ReadyFlow } from './ready-flow.ts';

/** Every ready-made flow, in the order in which they are offered. A new one is a folder and a line here. */
export const readyFlows: readonly ReadyFlow[] = [
  welcome,
  firstOrder,
  checkoutFollowUp,
  cartReminder,
  riskAndRecommendation,
  birthday,
  tieredCoupons,
  priceDrop,
  survey,
  rfmRescue,
  winBack,
  renewalReminder,
  renewalCall,
  approval,
  hillstromSplit,
];
