import type { AttributeRule, BreachCode, WriteSource } from '@sluice/shared/model';
import type { AnyBulkWriteOperation } from 'mongodb';
import { type ProfileRecord, profiles, type StoredValue } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { compileRule, type RuleCheck } from './compile-rule.ts';
import { quarantine, quarantineIdOf, type QuarantineRecord } from './quarantine-record.ts';

/** Attributes that are about to be written to a profile. */
export interface WrittenValues {
  profileId: string;
  attributes: Readonly<Record<string, StoredValue>>;
  at: Date;
}

/** What was found of one attribute in one batch; summed up by whoever counts quality. */
export interface WriteTally {
  attribute: string;
  written: number;
  breaches: Partial<Record<BreachCode, number>>;
  fixed: number;
  setAside: number;
}

/** The one place that every value passes on its way to a profile. */
export interface ValueGate {
  /**
   * What is to be written of each batch item, by the rules of the data dictionary. What is set aside is durable when it
   * resolves, before anything is written: a kill in between loses nothing, and the same batch again changes nothing.
   */
  admit(items: readonly WrittenValues[], source: WriteSource): Promise<Record<string, StoredValue>[]>;
  /** The attributes of which whoever writes them has to note that it did, in `attributesFrom`. */
  sourced(): Promise<ReadonlySet<string>>;
  /**
   * Brings numbers that were counted up or down back into their range, one query per attribute. What they were worked out
   * to is only known to the store, so they are not set aside but mended, whatever else the rule says but keep.
   */
  bound(increments: readonly { profileId: string; attributes: readonly string[] }[]): Promise<void>;
}

export function createValueGate(deps: {
  database: Database;
  timeZone: string;
  dictionary: { rules(): Promise<ReadonlyMap<string, AttributeRule>>; sourced?(): Promise<ReadonlySet<string>> };
  /** The attributes that the product works out itself. */
  derived?: { names(): Promise<ReadonlySet<string>> };
  onTally?: (tallies: readonly WriteTally[]) => void;
}): ValueGate {
  const stored = deps.database.collection(quarantine);
  const compiled = new WeakMap<AttributeRule, RuleCheck>();

  function checkOf(rule: AttributeRule): RuleCheck {
    const known = compiled.get(rule) ?? compileRule(rule, deps.timeZone);
    compiled.set(rule, known);
    return known;
  }

  return {
    async admit(items, source) {
      const [rules, derived] = await Promise.all([deps.dictionary.rules(), deps.derived?.names()]);
      const tallies = new Map<string, WriteTally>();
      const aside = new Map<string, QuarantineRecord>();
      const isFree = (name: string) => !rules.has(name) && !derived?.has(name);
      const free = new Map<string, WriteTally>();
      /** Most attributes have no rule: what nobody has to look at goes through as it is, and is only counted. */
      const passes = (attributes: WrittenValues['attributes']): boolean => {
        for (const name in attributes) {
          if (free.has(name)) continue;
          if (!isFree(name)) return false;
          free.set(name, tallyOf(tallies, name));
        }
        for (const name in attributes) (free.get(name) as WriteTally).written += 1;
        return true;
      };
      const admitted = items.map(({ profileId, attributes, at }) => {
        if (passes(attributes)) return attributes;
        const kept: Record<string, StoredValue> = {};
        for (const [attribute, value] of Object.entries(attributes)) {
          if (derived?.has(attribute)) {
            const { breaches } = tallyOf(tallies, attribute);
            breaches.derived = (breaches.derived ?? 0) + 1;
            continue;
          }
          const rule = rules.get(attribute);
          const breach = rule && checkOf(rule)(value);
          const tally = tallyOf(tallies, attribute);
          if (!rule || !breach) {
            tally.written += 1;
            kept[attribute] = value;
            continue;
          }
          tally.breaches[breach.code] = (tally.breaches[breach.code] ?? 0) + 1;
          const fate = rule.onBreach === 'fix' && breach.fixed === undefined ? 'quarantine' : rule.onBreach;
          if (fate === 'quarantine') {
            // Nothing is no value that anybody could release; what the profile has stays.
            tally.setAside += 1;
            if (breach.code === 'required') continue;
            const _id = quarantineIdOf(attribute, profileId);
            const earlier = aside.get(_id);
            if (!earlier || earlier.at <= at)
              aside.set(_id, { _id, attribute, profileId, value, breach: breach.code, source, at });
            continue;
          }
          tally.written += 1;
          if (fate === 'fix') tally.fixed += 1;
          kept[attribute] = fate === 'fix' ? (breach.fixed as StoredValue) : value;
        }
        return kept;
      });
      if (aside.size > 0) await stored.bulkWrite([...aside.values()].map(toWrite), { ordered: false });
      if (tallies.size > 0) deps.onTally?.([...tallies.values()]);
      return admitted;
    },

    sourced: async () => (await deps.dictionary.sourced?.()) ?? new Set(),

    async bound(increments) {
      const rules = await deps.dictionary.rules();
      const idsOf = new Map<string, string[]>();
      for (const { profileId, attributes } of increments)
        for (const name of attributes) idsOf.set(name, [...(idsOf.get(name) ?? []), profileId]);
      for (const [name, ids] of idsOf) {
        const rule = rules.get(name);
        if (!rule || rule.onBreach === 'keep') continue;
        for (const [operator, bound] of [
          ['$lt', rule.min],
          ['$gt', rule.max],
        ] as const)
          if (typeof bound === 'number') await clamp(name, ids, operator, bound);
      }
    },
  };

  async function clamp(name: string, ids: readonly string[], operator: '$lt' | '$gt', bound: number): Promise<void> {
    const path = `attributes.${name}`;
    const { modifiedCount } = await deps.database
      .collection(profiles)
      .updateMany({ _id: { $in: [...ids] }, [path]: { [operator]: bound } }, {
        $set: { [path]: bound },
      } as Partial<ProfileRecord>);
    if (modifiedCount === 0) return;
    const counted = { written: 0, breaches: { range: modifiedCount }, fixed: modifiedCount, setAside: 0 };
    deps.onTally?.([{ attribute: name, ...counted }]);
  }
}

function tallyOf(tallies: Map<string, WriteTally>, attribute: string): WriteTally {
  const tally = tallies.get(attribute) ?? { attribute, written: 0, breaches: {}, fixed: 0, setAside: 0 };
  tallies.set(attribute, tally);
  return tally;
}

/** The latest stays, however the batches arrive. Literal: a value `"$name"` must not become a field path. */
function toWrite(record: QuarantineRecord): AnyBulkWriteOperation<QuarantineRecord> {
  const isOlder = { $gt: ['$at', record.at] };
  return {
    updateOne: {
      filter: { _id: record._id },
      update: [{ $replaceWith: { $cond: [isOlder, '$$ROOT', { $literal: record }] } }],
      upsert: true,
    },
  };
}
