import { attributeNames, attributesOf, type Derivation, holdsForNewcomer } from '@sluice/shared/condition';
import type { Clock } from '@sluice/shared/time';
import type { Database } from '../stores/database.ts';
import { type DerivedRecord, derivedAttributes, type RfmFigures } from './derived-record.ts';

export interface Definition<D extends Derivation = Derivation> {
  name: string;
  derivation: D;
  rfm: RfmFigures | undefined;
}

type CasesDefinition = Definition<Extract<Derivation, { kind: 'cases' }>>;

/** Derivations by what they read: what an event or an attribute cannot touch is not even looked at. */
export interface DerivedMap {
  byName: ReadonlyMap<string, Definition>;
  byEvent: ReadonlyMap<string, readonly Definition[]>;
  /** In an order in which each comes behind those that it reads. */
  cases: readonly CasesDefinition[];
  casesByAttribute: ReadonlyMap<string, readonly CasesDefinition[]>;
  /** Those that say something of a profile of which nothing is known. */
  forNewcomers: readonly CasesDefinition[];
}

export interface DerivedIndex {
  /** At most a second old. */
  current(): Promise<DerivedMap>;
  /** Reads again before it answers next. */
  forget(): void;
}

export const FRESH_MS = 1000;

export function createDerivedIndex(deps: { database: Database; clock: Clock }): DerivedIndex {
  const stored = deps.database.collection(derivedAttributes);
  let held: { readAt: number; map: DerivedMap } | undefined;
  let reading: Promise<DerivedMap> | undefined;

  async function read(): Promise<DerivedMap> {
    const readAt = deps.clock.now();
    const records = await stored
      .find({ isDeleted: { $exists: false } })
      .project<Pick<DerivedRecord, '_id' | 'derivation' | 'rfm'>>({ derivation: 1, rfm: 1 })
      .sort({ _id: 1 })
      .toArray();
    const map = toMap(records.map(({ _id, derivation, rfm }) => ({ name: _id, derivation, rfm })));
    held = { readAt, map };
    return map;
  }

  return {
    async current() {
      if (held && Math.abs(deps.clock.now() - held.readAt) < FRESH_MS) return held.map;
      reading ??= read().finally(() => {
        reading = undefined;
      });
      return reading;
    },
    forget() {
      held = undefined;
    },
  };
}

export function toMap(definitions: readonly Definition[]): DerivedMap {
  const byEvent = new Map<string, Definition[]>();
  for (const definition of definitions) {
    const { derivation } = definition;
    if (derivation.kind !== 'cases')
      byEvent.set(derivation.event, [...(byEvent.get(derivation.event) ?? []), definition]);
  }
  const cases = inOrder(definitions.filter(isCases));
  const casesByAttribute = new Map<string, CasesDefinition[]>();
  for (const definition of cases)
    for (const name of readsOfCases(definition.derivation))
      casesByAttribute.set(name, [...(casesByAttribute.get(name) ?? []), definition]);
  return {
    byName: new Map(definitions.map((definition) => [definition.name, definition])),
    byEvent,
    cases,
    casesByAttribute,
    forNewcomers: cases.filter(
      ({ derivation }) =>
        derivation.otherwise !== undefined || derivation.cases.some(({ when }) => holdsForNewcomer(when)),
    ),
  };
}

export function readsOfCases({ cases }: Extract<Derivation, { kind: 'cases' }>): Set<string> {
  return new Set(cases.flatMap(({ when }) => attributeNames(when)));
}

/** The names on a circle that this derivation would close; undefined when it closes none. */
export function findCircle(name: string, derivation: Derivation, others: readonly Definition[]): string[] | undefined {
  const all = new Map(
    [...others, { name, derivation, rfm: undefined }].filter(isCases).map((each) => [each.name, each]),
  );
  const walk = (at: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(at)) return at === name ? [...way, at] : undefined;
    const definition = all.get(at);
    if (!definition) return undefined;
    for (const next of readsOfCases(definition.derivation)) {
      const found = walk(next, [...way, at]);
      if (found) return found;
    }
    return undefined;
  };
  return walk(name, []);
}

function isCases(definition: Definition): definition is CasesDefinition {
  return definition.derivation.kind === 'cases';
}

function inOrder(definitions: readonly CasesDefinition[]): CasesDefinition[] {
  const byName = new Map(definitions.flatMap((each) => attributesOf(each.name, each.derivation).map((n) => [n, each])));
  const placed = new Set<CasesDefinition>();
  const place = (definition: CasesDefinition, way: readonly CasesDefinition[]): void => {
    // A circle is refused when it is saved; two saves at once may still close one, which must not hang anybody.
    if (placed.has(definition) || way.includes(definition)) return;
    for (const name of readsOfCases(definition.derivation)) {
      const read = byName.get(name);
      if (read) place(read, [...way, definition]);
    }
    placed.add(definition);
  };
  for (const definition of definitions) place(definition, []);
  return [...placed];
}
