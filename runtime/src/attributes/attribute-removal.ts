import { attributesOf } from '@sluice/shared/condition';
import { AppError } from '@sluice/shared/errors';
import type { Account, AttributeUses } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import type { Dictionary } from '../conditions/dictionary.ts';
import { attributeDefinitions } from '../conditions/dictionary-record.ts';
import type { DerivedIndex } from '../derived/derived-index.ts';
import { clearAttributes, type ClearDeps } from '../derived/clear-attributes.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { findAttributeUses } from './find-attribute-uses.ts';

/** Deleting attributes that were sent, imported or written by flows; those that are worked out go with their derivation. */
export interface AttributeRemoval {
  uses(name: string): Promise<AttributeUses>;
  /**
   * Nobody may ask about it from now on; its values go in the background. Throws `not-found`, `attribute-derived`, and
   * `attribute-in-use` while something looks at it and that is not confirmed (ATTR-1).
   */
  remove(name: string, by: Account, options: { isConfirmed: boolean }): Promise<void>;
  /** Takes up what stopped on the way. */
  resume(): Promise<void>;
}

const CLEAR_JOB = 'attributes:clear';
/** Later than any process may still take the attribute for present. */
const SETTLE_MS = 1000;
const NAMED = 5;

/** Defines its job, so it is called before the scheduler starts. */
export function createAttributeRemoval(
  deps: ClearDeps & {
    clock: Clock;
    index: Pick<DerivedIndex, 'current'>;
    dictionary: Pick<Dictionary, 'delete'>;
    scheduler: Scheduler;
  },
): AttributeRemoval {
  const { database, scheduler, clock } = deps;
  const stored = database.collection(attributeDefinitions);

  scheduler.define<{ name: string }>(CLEAR_JOB, async ({ name }, job) => {
    if (!(await stored.findOne({ _id: name, isClearing: true }))) return;
    if (await clearAttributes(deps, [name], job))
      await stored.updateOne({ _id: name }, { $unset: { isClearing: true } });
  });
  const schedule = (name: string) => scheduler.at(CLEAR_JOB, name, clock.now() + SETTLE_MS, { name });
  const uses = async (name: string) => findAttributeUses(database, [name], await deps.index.current());

  return {
    uses,
    async remove(name, by, { isConfirmed }) {
      const { byName } = await deps.index.current();
      const derived = [...byName.values()].find((each) =>
        attributesOf(each.name, each.derivation).includes(name),
      )?.name;
      if (derived !== undefined)
        throw new AppError('attribute-derived', `${name} is worked out`, { details: { name, derived } });
      const found = await uses(name);
      const users = Object.values(found).flat();
      if (users.length > 0 && !isConfirmed) {
        const names = users.slice(0, NAMED).map((user) => user.name);
        throw new AppError('attribute-in-use', `The attribute ${name} is in use`, {
          details: {
            names: [...names, ...(users.length > NAMED ? ['…'] : [])].join(', '),
            count: users.length,
            uses: found,
          },
        });
      }
      await deps.dictionary.delete(name, by.name);
      await schedule(name);
    },
    async resume() {
      for await (const { _id } of stored.find({ isClearing: true })) await schedule(_id);
    },
  };
}
