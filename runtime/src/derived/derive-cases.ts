import { attributesOf } from '@sluice/shared/condition';
import { type Deriver, NEW_PROFILE } from '../profiles/profile-watch.ts';
import type { DerivedIndex } from './derived-index.ts';
import { type Touched, touch, workOut, type WorkOutDeps } from './work-out.ts';

/** Attributes that follow from attributes, worked out when one of those has changed. */
export function createCaseDeriver(deps: WorkOutDeps & { index: DerivedIndex }): Deriver & {
  /** Every attribute that is worked out. */
  names(): Promise<ReadonlySet<string>>;
} {
  return {
    async names() {
      const { byName } = await deps.index.current();
      return new Set([...byName.values()].flatMap(({ name, derivation }) => attributesOf(name, derivation)));
    },
    async followed() {
      const { casesByAttribute, forNewcomers } = await deps.index.current();
      return { names: new Set(casesByAttribute.keys()), isForNewcomers: forNewcomers.length > 0 };
    },
    async derive(marked) {
      const { cases, casesByAttribute, forNewcomers } = await deps.index.current();
      const touched: Touched = new Map(cases.map((definition) => [definition, new Set()]));
      for (const { _id, unsettled } of marked) {
        const names = new Set(unsettled.names);
        // What may change may change others; in this order each stands behind those that it reads.
        for (const definition of cases) {
          const isTouched =
            (names.has(NEW_PROFILE) && forNewcomers.includes(definition)) ||
            [...names].some((name) => casesByAttribute.get(name)?.includes(definition));
          if (!isTouched) continue;
          touch(touched, [definition], _id);
          names.add(definition.name);
        }
      }
      // Into the mark that stands, whose version stays: it is settled with the names that a crash would leave in it.
      return workOut(deps, touched, (names) => ({ $addToSet: { 'unsettled.names': { $each: names } } }));
    },
  };
}
