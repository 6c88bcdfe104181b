import { attributesOf } from '@sluice/shared/condition';
import type { DerivedUses } from '@sluice/shared/http-api';
import { audiencesReading } from '../audiences/audiences-reading.ts';
import { datasets } from '../datasets/dataset-record.ts';
import { joinedColumns } from '../datasets/dataset-index.ts';
import { versionIdOf } from '../flows/flow-record.ts';
import { flowsNaming } from '../flows/flows-naming.ts';
import type { Database } from '../stores/database.ts';
import { type DerivedMap, readsOfCases } from './derived-index.ts';
import type { DerivedRecord } from './derived-record.ts';
import { escapePattern } from '../stores/escape-pattern.ts';

/**
 * Who would look at attributes that are gone: audiences, flows by their draft or live version, datasets that join them in, and
 * other derived attributes. Of a flow it is the text that is asked: conditions, params and words of messages name attributes.
 */
export async function findDerivedUses(
  database: Database,
  { _id, derivation }: DerivedRecord,
  { cases }: DerivedMap,
): Promise<DerivedUses> {
  const names = attributesOf(_id, derivation);
  const isNamed = (reads: ReadonlySet<string>) => names.some((name) => reads.has(name));
  const { flows, versionIds } = await flowsNaming(database, patternOf(names));
  const drafts = new RegExp(patternOf(names));
  const declared = await database.collection(datasets).find().sort({ _id: 1 }).toArray();
  return {
    audiences: await audiencesReading(database, (reads) => isNamed(reads.attributes)),
    flows: flows.flatMap(({ _id: id, name, status, liveVersion, graphText }) => {
      const isPublished = status === 'live' || status === 'paused';
      const isLive = isPublished && liveVersion !== null && versionIds.has(versionIdOf(id, liveVersion));
      return isLive || drafts.test(graphText) ? [{ id, name }] : [];
    }),
    datasets: declared
      .filter((dataset) => isNamed(new Set(joinedColumns(dataset).map(({ attribute }) => attribute))))
      .map(({ _id: id, displayName }) => ({ id, name: displayName || id })),
    attributes: cases
      .filter((each) => each.name !== _id && isNamed(readsOfCases(each.derivation)))
      .map(({ name }) => ({ id: name, name })),
  };
}

function patternOf(names: readonly string[]): string {
  const spelt = names.map((name) => escapePattern(JSON.stringify(name).slice(1, -1)));
  const any = `(?:${spelt.join('|')})`;
  return `"(?:name|attribute)":"${any}"|profile(?:\\.attributes)?(?:\\.|\\[\\\\*["'])${any}(?!\\w)`;
}
