/** Branded ids: a flow id cannot be passed where a profile id belongs. */
export type Id<Brand extends string> = string & { readonly __brand?: Brand };
export type ProfileId = Id<'profile'>;
export type FlowId = Id<'flow'>;
export type NodeId = Id<'node'>;
export type RunId = Id<'run'>;
export type EffectId = Id<'effect'>;

/** RUN-3: the id under which one effect of one step is performed. */
export function effectIdOf(runId: RunId, seq: number, index: number): EffectId {
  return `${runId}/${seq}/${index}`;
}
