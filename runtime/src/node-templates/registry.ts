import { AppError } from '@sluice/shared/errors';
import type { Account, NodeTemplate, TemplateState } from '@sluice/shared/http-api';
import {
  type Capabilities,
  changesBetween,
  compareVersions,
  demandsOf,
  holds,
  isBreaking,
  kindOfTemplate,
  readVersion,
  type TemplateChange,
  type TemplateManifest,
} from '@sluice/shared/node-template';
import type { Clock } from '@sluice/shared/time';
import type { CodeRunner } from '../executor/world.ts';
import type { Database } from '../stores/database.ts';
import { isDuplicateKey } from '../stores/duplicate-key.ts';
import { checkSubmission, type Submission } from './check-submission.ts';
import { hashOf, nodeTemplates, readManifest, type TemplateRecord, toVersion } from './template-record.ts';

/** Published node templates: versions that never change, and what has been decided about them. */
export interface TemplateRegistry {
  list(): Promise<NodeTemplate[]>;
  /** Throws `not-found`. */
  find(name: string, version: string): Promise<TemplateRecord>;
  /**
   * Takes a version in; the same content again is harmless. Throws `template-invalid`, and `template-conflict` for a version
   * that exists with other content, that is not the highest of its major number, or that breaks what an earlier one of it
   * promised.
   */
  submit(submission: Submission, by: Account): Promise<{ record: TemplateRecord; isNew: boolean }>;
  /** Throws `template-state` unless it is submitted, and `request-invalid` for a grant of what was not asked for. */
  grant(name: string, version: string, grant: Capabilities, by: Account): Promise<TemplateRecord>;
  refuse(name: string, version: string, note: string, by: Account): Promise<TemplateRecord>;
  /** Throws `template-state` where the version may not go there from where it is. */
  move(name: string, version: string, to: MovedTo, note: string | undefined, by: Account): Promise<TemplateRecord>;
}

export type MovedTo = 'available' | 'deprecated' | 'blocked';

/** From where a version may be moved by hand. */
const FROM: Readonly<Record<MovedTo, readonly TemplateState[]>> = {
  available: ['deprecated', 'blocked'],
  deprecated: ['available'],
  blocked: ['available', 'deprecated'],
};

/** Submissions that meet another one of the same major number at the same moment are held against it in turn. */
const MOST_TRIES = 5;

export function createTemplateRegistry(deps: { database: Database; clock: Clock; code: CodeRunner }): TemplateRegistry {
  const { clock, code } = deps;
  const stored = deps.database.collection(nodeTemplates);

  const find: TemplateRegistry['find'] = async (name, version) => {
    const record = await stored.findOne({ _id: kindOfTemplate(name, version) });
    if (record) return record;
    throw new AppError('not-found', `There is no version ${version} of the template ${name}`);
  };

  /** One update of one document, or none where somebody has moved it meanwhile. */
  async function change(
    kind: { name: string; version: string },
    from: readonly TemplateState[],
    move: { to: TemplateState; note?: string | undefined; by: Account; grant?: Capabilities },
  ): Promise<TemplateRecord> {
    const at = new Date(clock.now());
    const { to, note, by, grant } = move;
    const changed = await stored.findOneAndUpdate(
      { _id: kindOfTemplate(kind.name, kind.version), state: { $in: [...from] } },
      {
        $set: { state: to, updatedAt: at, ...(grant && { grant }) },
        $push: { moves: { to, at, by: by.name, ...(note !== undefined && note !== '' && { note }) } },
        // What was refused is followed by nothing.
        ...(to === 'refused' && { $unset: { follows: true } }),
      },
      { returnDocument: 'after' },
    );
    if (changed) return changed;
    const { state } = await find(kind.name, kind.version);
    throw new AppError('template-state', `The version is ${state} by now`, { details: { state } });
  }

  async function place(record: TemplateRecord, manifest: TemplateManifest): Promise<TemplateRecord | undefined> {
    const major = readVersion(manifest.version)?.major ?? 0;
    const known = await stored.find({ name: manifest.name, state: { $ne: 'refused' } }).toArray();
    const before = known
      .filter(({ version }) => readVersion(version)?.major === major)
      .toSorted((a, b) => compareVersions(b.version, a.version))[0];
    if (before) checkSuccessor(readManifest(before), manifest);
    const follows = before?._id ?? `${manifest.name}@${major}`;
    const placed = { ...record, follows };
    try {
      await stored.insertOne(placed);
      return placed;
    } catch (error) {
      if (isDuplicateKey(error)) return undefined;
      throw error;
    }
  }

  return {
    find,
    async list() {
      const records = await stored.find({}, { projection: { source: 0 } }).toArray();
      return [...Map.groupBy(records as TemplateRecord[], ({ name }) => name)]
        .map(([name, versions]) => ({
          name,
          versions: versions.toSorted((a, b) => compareVersions(b.version, a.version)).map(toVersion),
        }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
    async submit(submission, by) {
      const manifest = await checkSubmission(submission, code);
      const { name, version } = manifest;
      const contentHash = hashOf(manifest, submission.source, submission.cases);
      const at = new Date(clock.now());
      const record: TemplateRecord = {
        _id: kindOfTemplate(name, version),
        name,
        version,
        manifestText: JSON.stringify(manifest),
        casesText: JSON.stringify(submission.cases),
        source: submission.source,
        contentHash,
        state: 'submitted',
        moves: [{ to: 'submitted', at, by: by.name }],
        updatedAt: at,
      };
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const same = await stored.findOne({ _id: record._id });
        if (same?.contentHash === contentHash) return { record: same, isNew: false };
        if (same)
          throw conflict(
            `版本 ${version} 已存在且内容不同，请提高版本号。`,
            `Version ${version} exists with other content. Raise the version.`,
          );
        const placed = await place(record, manifest);
        if (placed) return { record: placed, isNew: true };
      }
      throw conflict(
        '同一模板正在被多人发布，请稍后再试。',
        'Others are publishing the same template. Try again in a moment.',
      );
    },
    async grant(name, version, grant, by) {
      const { capabilities } = readManifest(await find(name, version));
      const surplus = demandsOf(grant).find((demand) => !holds(capabilities, demand));
      if (surplus) {
        const problem = `The template does not ask for ${surplus.capability} ${JSON.stringify(surplus.of ?? '')}`;
        throw new AppError('request-invalid', problem, { details: { problem } });
      }
      return change({ name, version }, ['submitted'], { to: 'available', by, grant });
    },
    refuse: (name, version, note, by) => change({ name, version }, ['submitted'], { to: 'refused', note, by }),
    move: (name, version, to, note, by) => change({ name, version }, FROM[to], { to, note, by }),
  };
}

function checkSuccessor(before: TemplateManifest, after: TemplateManifest): void {
  const major = readVersion(after.version)?.major ?? 0;
  if (compareVersions(after.version, before.version) <= 0)
    throw conflict(
      `已有更新的版本 ${before.version}，请使用更高的版本号。`,
      `Version ${before.version} is there already. Choose a higher one.`,
    );
  const breaks = changesBetween(before, after).filter(isBreaking);
  if (breaks.length === 0) return;
  const list = breaks.slice(0, 5).map(spell).join(', ');
  throw conflict(
    `它与 ${before.version} 不兼容（${list}）。请改为 ${major + 1}.0.0，或保持兼容。`,
    `It breaks flows drawn with ${before.version} (${list}). Publish it as ${major + 1}.0.0, or keep what they use.`,
  );
}

function spell(change: TemplateChange): string {
  if ('at' in change) return `${change.what} ${change.at}`;
  return 'port' in change ? `${change.what} ${change.port}` : change.what;
}

function conflict(zhCN: string, enUS: string): AppError {
  return new AppError('template-conflict', enUS, { details: { problem: { 'zh-CN': zhCN, 'en-US': enUS } } });
}
