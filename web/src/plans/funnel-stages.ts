export const FUNNEL_STAGES = ['targeted', 'reached', 'clicked', 'converted'] as const;
export type FunnelStage = (typeof FUNNEL_STAGES)[number];
