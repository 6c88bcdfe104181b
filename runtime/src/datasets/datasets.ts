import { columnKey } from '@sluice/shared/condition';
import { AppError } from '@sluice/shared/errors';
import type { Dataset, DatasetUses } from '@sluice/shared/http-api';
import type { DatasetDeclaration } from '@sluice/shared/model';
import type { Clock } from '@sluice/shared/time';
import type { AttributeLens } from '../access/read-level.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Database } from '../stores/database.ts';
import { isDuplicateKey } from '../stores/duplicate-key.ts';
import { checkDeclaration } from './check-declaration.ts';
import { joinedColumns } from './dataset-index.ts';
import { type DatasetRecord, datasetRows, datasets, idsOf } from './dataset-record.ts';
import { fillJoined } from './fill-joined.ts';
import { findDatasetUses } from './find-dataset-uses.ts';
import type { JoinDeps } from './join-rows.ts';

/** The declared wide tables. */
export interface Datasets {
  list(lens: AttributeLens): Promise<Dataset[]>;
  /** Throws `not-found`. */
  get(name: string, lens: AttributeLens): Promise<Dataset>;
  /** Throws `not-found`. */
  find(name: string): Promise<DatasetRecord>;
  /**
   * Declares it, or changes what was declared. Joined columns that are new are brought into the rows in the background.
   * Throws `dataset-invalid`, `attribute-not-allowed`, and `name-taken` where a new one was asked for.
   */
  declare(
    name: string,
    declaration: DatasetDeclaration,
    options: { isNew: boolean; lens: AttributeLens },
  ): Promise<void>;
  uses(name: string): Promise<DatasetUses>;
  /** With all its rows. Throws `dataset-in-use` (DS-6). */
  remove(name: string): Promise<void>;
  /** Goes on with fillings that a crash left. */
  resume(): Promise<void>;
}

const FILL_JOB = 'datasets:fill';
const BATCH = 5000;

export function createDatasets(
  deps: JoinDeps & {
    database: Database;
    clock: Clock;
    scheduler: Scheduler;
    dictionary: { types(): Promise<ReadonlyMap<string, string>> };
  },
): Datasets {
  const stored = deps.database.collection(datasets);
  const rows = deps.database.collection(datasetRows);
  deps.scheduler.define<{ dataset: string }>(FILL_JOB, ({ dataset }, job) => fillJoined(deps, dataset, job));

  const schedule = ({ _id, revision }: Pick<DatasetRecord, '_id' | 'revision'>) =>
    deps.scheduler.at(FILL_JOB, `${_id}/${revision}`, deps.clock.now(), { dataset: _id });

  async function find(name: string): Promise<DatasetRecord> {
    const record = await stored.findOne({ _id: name });
    if (!record)
      throw new AppError('not-found', `There is no dataset ${name}`, { details: { what: 'dataset', id: name } });
    return record;
  }

  async function toDataset(record: DatasetRecord, lens: AttributeLens): Promise<Dataset> {
    const { _id: name, createdAt: _, fillsBehind, revision: __, updatedAt, ...declaration } = record;
    const columns = declaration.columns.flatMap((column) => {
      const rights = lens.rightsOf(columnKey(name, column.name));
      return rights.read === 'hidden' ? [] : [{ ...column, rights }];
    });
    return {
      ...declaration,
      name,
      columns,
      rows: await rows.countDocuments({ _id: idsOf(name) }),
      isFilling: fillsBehind !== undefined,
      updatedAt: updatedAt.toISOString(),
    };
  }

  return {
    find,
    async list(lens) {
      const records = await stored.find().sort({ _id: 1 }).toArray();
      return Promise.all(records.map((record) => toDataset(record, lens)));
    },
    get: async (name, lens) => toDataset(await find(name), lens),
    async declare(name, declaration, { isNew, lens }) {
      const before = (await stored.findOne({ _id: name })) ?? undefined;
      if (isNew && before) throw taken(name);
      // Whoever joins a value that only others may use would see it among the rows.
      lens.demandUse(joinedColumns(declaration).map(({ attribute }) => attribute));
      checkDeclaration(name, declaration, before, await deps.dictionary.types());
      const now = new Date(deps.clock.now());
      if (!before) {
        await insert({ _id: name, ...declaration, revision: 1, createdAt: now, updatedAt: now });
        return;
      }
      const known = JSON.stringify(joinedColumns(before));
      const isJoinedAnew = JSON.stringify(joinedColumns(declaration)) !== known;
      const changed = await stored.findOneAndUpdate(
        { _id: name, revision: before.revision },
        { $set: { ...declaration, updatedAt: now, ...(isJoinedAnew && { fillsBehind: '' }) }, $inc: { revision: 1 } },
        { returnDocument: 'after' },
      );
      deps.index.forget();
      if (!changed) throw new AppError('dataset-changed', `The dataset ${name} was changed meanwhile`);
      if (changed.fillsBehind !== undefined) await schedule(changed);
    },
    uses: (name) => findDatasetUses(deps.database, name),
    async remove(name) {
      const record = await find(name);
      const uses = await findDatasetUses(deps.database, name);
      const names = [...uses.audiences, ...uses.flows].map((each) => each.name);
      if (names.length > 0)
        throw new AppError('dataset-in-use', `The dataset ${name} is in use`, {
          details: { names: names.slice(0, 5).join(', '), count: names.length },
        });
      // The rows first: while there are any, the dataset is there to be deleted again.
      for (;;) {
        const found = await rows
          .find({ _id: idsOf(name) })
          .project<{ _id: string }>({ _id: 1 })
          .limit(BATCH)
          .toArray();
        if (found.length === 0) break;
        await rows.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } });
      }
      await stored.deleteOne({ _id: record._id });
      deps.index.forget();
    },
    async resume() {
      for (const record of await stored.find({ fillsBehind: { $exists: true } }).toArray()) await schedule(record);
    },
  };

  async function insert(record: DatasetRecord): Promise<void> {
    try {
      await stored.insertOne(record);
    } catch (error) {
      if (isDuplicateKey(error)) throw taken(record._id);
      throw error;
    } finally {
      deps.index.forget();
    }
  }
}

function taken(name: string): AppError {
  return new AppError('name-taken', `There is a dataset ${name} already`, { details: { name } });
}
