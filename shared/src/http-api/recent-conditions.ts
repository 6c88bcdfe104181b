import { type Static, Type } from 'typebox';
import { Condition } from '../condition/ast.ts';
import { defineRoute } from './route.ts';

/** One part of a condition, no group, that the caller has put to use. */
export const RecentCondition = Type.Object({
  condition: Condition,
  usedAt: Type.String(),
  sentence: Type.Object({ 'zh-CN': Type.String(), 'en-US': Type.String() }),
});
export type RecentCondition = Static<typeof RecentCondition>;

export const recentConditionRoutes = {
  listRecentConditions: defineRoute({
    method: 'GET',
    path: '/api/conditions/recent',
    access: 'signed-in',
    tag: 'audiences',
    summary: 'The conditions that the caller used in audiences and published flows, last used first; at most 20',
    reply: Type.Object({ items: Type.Array(RecentCondition) }),
  }),
};
