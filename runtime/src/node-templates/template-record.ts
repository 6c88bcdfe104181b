import { createHash } from 'node:crypto';
import type { InstalledTemplate, NodeTemplateVersion, TemplateState } from '@sluice/shared/http-api';
import type { Capabilities, TemplateCase, TemplateManifest } from '@sluice/shared/node-template';
import { declareCollection } from '../stores/database.ts';

/**
 * One version of a published node template. What was submitted never changes; only its state moves:
 * submitted → available | refused · available ⇄ deprecated · available, deprecated ⇄ blocked.
 */
export interface TemplateRecord {
  /** Its kind, `name@version`: a version exists once only. */
  _id: string;
  name: string;
  version: string;
  /** As it was submitted, as JSON text: params and texts are whatever a developer declares. */
  manifestText: string;
  casesText: string;
  source: string;
  /** Of the three; the same version with another one is refused. */
  contentHash: string;
  /**
   * The version of the same major number that it was held against, or the major number alone. Unique: of two versions that
   * are submitted at once behind the same one, the second is held against the first. Not on a refused version.
   */
  follows?: string;
  state: TemplateState;
  grant?: Capabilities;
  moves: { to: TemplateState; at: Date; by: string; note?: string }[];
  /** Of the last move; by it other processes find what they have not seen. */
  updatedAt: Date;
}

export const nodeTemplates = declareCollection<TemplateRecord>('nodeTemplates', [
  { key: { name: 1 } },
  { key: { follows: 1 }, options: { unique: true, partialFilterExpression: { follows: { $exists: true } } } },
  { key: { updatedAt: 1 } },
]);

/** States in which flows know a version. */
export const INSTALLED = ['available', 'deprecated', 'blocked'] as const satisfies readonly TemplateState[];

export function hashOf(manifest: TemplateManifest, source: string, cases: readonly TemplateCase[]): string {
  return createHash('sha256')
    .update(JSON.stringify([sorted(manifest), source, sorted(cases)]))
    .digest('base64url');
}

/** The same content hashes the same, in whatever order its keys were written. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, inner]) => [key, sorted(inner)]);
}

export function readManifest({ manifestText }: Pick<TemplateRecord, 'manifestText'>): TemplateManifest {
  return JSON.parse(manifestText) as TemplateManifest;
}

export function readCases({ casesText }: Pick<TemplateRecord, 'casesText'>): TemplateCase[] {
  return JSON.parse(casesText) as TemplateCase[];
}

export function toVersion(record: TemplateRecord): NodeTemplateVersion {
  const { state, grant, moves } = record;
  return {
    manifest: readManifest(record),
    state,
    ...noteOf(record),
    ...(grant && { grant }),
    cases: readCases(record).length,
    moves: moves.map(({ at, ...move }) => ({ ...move, at: at.toISOString() })),
  };
}

export function toInstalled(record: TemplateRecord): InstalledTemplate {
  return {
    manifest: readManifest(record),
    grant: record.grant ?? {},
    state: record.state as InstalledTemplate['state'],
    ...noteOf(record),
  };
}

function noteOf({ moves }: Pick<TemplateRecord, 'moves'>): { note?: string } {
  const note = moves.at(-1)?.note;
  return note === undefined ? {} : { note };
}
