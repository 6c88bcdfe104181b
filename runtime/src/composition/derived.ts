import { createAttributeRemoval } from '../attributes/attribute-removal.ts';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import type { Dictionary } from '../conditions/dictionary.ts';
import { createDerivedAttributes } from '../derived/derived-attributes.ts';
import type { DerivedIndex } from '../derived/derived-index.ts';
import { createDerivedUpkeep } from '../derived/derived-upkeep.ts';
import type { ProfileWatch } from '../profiles/profile-watch.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Core } from './core.ts';

/** How late time alone may show in a derived value. */
const SWEEP_EVERY_MS = 30_000;

/** Attributes that are worked out: from events as they arrive, as time passes, and for everyone when they are new. */
export function composeDerived(
  core: Core,
  parts: {
    index: DerivedIndex;
    dictionary: Dictionary;
    reader: ConditionReader;
    watch: ProfileWatch;
    scheduler: Scheduler;
    timeZone: string;
  },
) {
  const upkeep = createDerivedUpkeep({ ...core, ...parts });
  const attributes = createDerivedAttributes({ ...core, ...parts });
  const removal = createAttributeRemoval({ ...core, ...parts });
  parts.scheduler.define('derived:sweep', async () => {
    await upkeep.sweep();
    await attributes.resume();
    await removal.resume();
  });
  return { upkeep, attributes, removal, start: () => parts.scheduler.every('derived:sweep', 'all', SWEEP_EVERY_MS) };
}
