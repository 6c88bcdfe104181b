import { attributeNames } from '@sluice/shared/condition';
import type { AttributeUses } from '@sluice/shared/http-api';
import { audiences } from '../audiences/audience-record.ts';
import { audiencesReading } from '../audiences/audiences-reading.ts';
import { datasets } from '../datasets/dataset-record.ts';
import { joinedColumns } from '../datasets/dataset-index.ts';
import { type DerivedMap, readsOfCases } from '../derived/derived-index.ts';
import { templateVersions } from '../flow-templates/template-record.ts';
import { versionIdOf } from '../flows/flow-record.ts';
import { flowsNaming } from '../flows/flows-naming.ts';
import { models } from '../models/model-record.ts';
import type { Database } from '../stores/database.ts';
import { escapePattern } from '../stores/escape-pattern.ts';

/**
 * Who would look at attributes that are gone: audiences, flows by their draft or live version, datasets that join them in,
 * derived attributes other than `own`, models, and templates that were made here. Of graphs and statements it is the text
 * that is asked: conditions, params and words of messages name attributes.
 */
export async function findAttributeUses(
  database: Database,
  names: readonly string[],
  { cases }: Pick<DerivedMap, 'cases'>,
  own?: string,
): Promise<AttributeUses> {
  const isNamed = (reads: Iterable<string>) => [...reads].some((name) => names.includes(name));
  const pattern = patternOf(names);
  const naming = new RegExp(pattern);
  const [{ flows, versionIds }, ...others] = await Promise.all([
    flowsNaming(database, pattern),
    audiencesReading(database, (reads) => isNamed(reads.attributes)),
    audiencesBySql(database, names),
    database.collection(datasets).find().sort({ _id: 1 }).toArray(),
    database.collection(models).find().sort({ name: 1 }).toArray(),
    templatesNaming(database, naming),
  ]);
  const [byCondition, bySql, declared, learning, templates] = others;
  return {
    audiences: [...byCondition, ...bySql],
    flows: flows.flatMap(({ _id: id, name, status, liveVersion, graphText }) => {
      const isPublished = status === 'live' || status === 'paused';
      const isLive = isPublished && liveVersion !== null && versionIds.has(versionIdOf(id, liveVersion));
      return isLive || naming.test(graphText) ? [{ id, name }] : [];
    }),
    datasets: declared
      .filter((dataset) => isNamed(joinedColumns(dataset).map(({ attribute }) => attribute)))
      .map(({ _id: id, displayName }) => ({ id, name: displayName || id })),
    attributes: cases
      .filter((each) => each.name !== own && isNamed(readsOfCases(each.derivation)))
      .map(({ name }) => ({ id: name, name })),
    models: learning
      .filter(({ label, among, include, trained }) =>
        isNamed([
          ...attributeNames(label),
          ...(among ? attributeNames(among) : []),
          ...(include ?? []),
          ...(trained?.report.features.map(({ attribute }) => attribute) ?? []),
        ]),
      )
      .map(({ _id: id, name }) => ({ id, name })),
    templates,
  };
}

async function audiencesBySql(database: Database, names: readonly string[]): Promise<{ id: string; name: string }[]> {
  const found = await database
    .collection(audiences)
    .find({ isDeleted: { $exists: false }, 'source.kind': 'sql' })
    .sort({ name: 1 })
    .toArray();
  const named = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${names.map(escapePattern).join('|')})(?![\\p{L}\\p{N}_])`, 'u');
  return found.flatMap(({ _id: id, name, source }) =>
    source?.kind === 'sql' && named.test(source.statement) ? [{ id, name }] : [],
  );
}

/** By their newest version; one that is no longer offered uses nothing. */
async function templatesNaming(database: Database, pattern: RegExp): Promise<{ id: string; name: string }[]> {
  const made = await database
    .collection(templateVersions)
    .find({ isBuiltIn: false })
    .sort({ templateId: 1, order: -1 })
    .toArray();
  return made
    .filter(({ templateId }, index) => made[index - 1]?.templateId !== templateId)
    .filter(({ isArchived, contentText }) => !isArchived && pattern.test(contentText))
    .map(({ templateId: id, texts }) => ({ id, name: texts['en-US'].name }));
}

function patternOf(names: readonly string[]): string {
  const spelt = names.map((name) => escapePattern(JSON.stringify(name).slice(1, -1)));
  const any = `(?:${spelt.join('|')})`;
  return `"(?:name|attribute)":"${any}"|profile(?:\\.attributes)?(?:\\.|\\[\\\\*["'])${any}(?!\\w)`;
}
