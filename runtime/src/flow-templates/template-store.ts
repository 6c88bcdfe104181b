import { AppError } from '@sluice/shared/errors';
import { readyFlows } from '@sluice/templates/flows';
import type { Database } from '../stores/database.ts';
import { isDuplicateKey } from '../stores/duplicate-key.ts';
import { orderOf, type TemplateVersionRecord, templateVersions, versionIdOf } from './template-record.ts';

/** A version without its graph. */
export type TemplateHead = Omit<TemplateVersionRecord, 'contentText'>;

/** More versions than this are not read into one list; a workspace has some dozens. */
const MOST_VERSIONS = 5000;

export interface TemplateStore {
  /** The newest version of every template, whole. */
  newest(): Promise<TemplateVersionRecord[]>;
  /** Newest first; empty when there is no such template. */
  heads(templateId: string): Promise<TemplateHead[]>;
  /** The newest where none is named. Throws `not-found`. */
  get(templateId: string, version?: string): Promise<TemplateVersionRecord>;
  /** Throws `template-version` when there is such a version already. */
  insert(record: TemplateVersionRecord): Promise<void>;
  setArchived(templateId: string, isArchived: boolean): Promise<void>;
  /** Puts in the ready-made flows that this store has not seen yet; may be done any number of times. */
  seed(at: Date): Promise<void>;
}

export function createTemplateStore(database: Database): TemplateStore {
  const stored = database.collection(templateVersions);
  const heads = (query: { templateId?: string }) =>
    stored
      .find(query, { projection: { contentText: 0 } })
      .sort({ templateId: 1, order: -1 })
      .limit(MOST_VERSIONS)
      .toArray();

  const get: TemplateStore['get'] = async (templateId, version) => {
    const query = { templateId, ...(version !== undefined && { version }) };
    const [found] = await stored.find(query).sort({ order: -1 }).limit(1).toArray();
    if (found) return found;
    const id = version === undefined ? templateId : versionIdOf(templateId, version);
    throw new AppError('not-found', `There is no template ${id}`, { details: { what: 'template', id } });
  };

  return {
    get,
    heads: (templateId) => heads({ templateId }),
    async newest() {
      const newest = new Map<string, string>();
      for (const { templateId, _id } of await heads({})) if (!newest.has(templateId)) newest.set(templateId, _id);
      return stored.find({ _id: { $in: [...newest.values()] } }).toArray();
    },
    async insert(record) {
      try {
        await stored.insertOne(record);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        throw versionTaken(record.version, record.version);
      }
    },
    async setArchived(templateId, isArchived) {
      const { _id } = await get(templateId);
      await stored.updateOne({ _id }, { $set: { isArchived } });
    },
    async seed(at) {
      const known = await heads({});
      const seen = new Set(known.map(({ _id }) => _id));
      // Newest first: what was put away stays away when the product brings a later version.
      const archived = new Map(known.toReversed().map(({ templateId, isArchived }) => [templateId, isArchived]));
      const own = new Set(known.flatMap(({ templateId, isBuiltIn }) => (isBuiltIn ? [] : [templateId])));
      for (const { id, version, icon, texts, graph, cases } of readyFlows) {
        // A template of the workspace keeps its name, whatever the product brings later.
        if (seen.has(versionIdOf(id, version)) || own.has(id)) continue;
        const { _id, ...fields }: TemplateVersionRecord = {
          _id: versionIdOf(id, version),
          templateId: id,
          version,
          order: orderOf(version),
          icon,
          texts: { 'en-US': { ...texts['en-US'] }, 'zh-CN': { ...texts['zh-CN'] } },
          note: '',
          isBuiltIn: true,
          isArchived: archived.get(id) ?? false,
          nodes: graph['en-US'].nodes.length,
          contentText: JSON.stringify({ graph, cases }),
          publishedAt: at,
          publishedBy: 'Sluice',
        };
        // Several processes may start at once.
        await stored.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true });
      }
    },
  };
}

export function versionTaken(version: string, newest: string): AppError {
  return new AppError('template-version', `Version ${version} is not later than ${newest}`, {
    details: { version, newest },
  });
}
