import { api, describeRejection, type RowsWritten } from '@sluice/shared/http-api';
import { MINUTE_MS, type Clock } from '@sluice/shared/time';
import type { ReadLevels } from '../access/read-level.ts';
import { accountOf } from '../http/caller.ts';
import type { Caller, Serve } from '../http/serve.ts';
import type { Database } from '../stores/database.ts';
import { rowIdOf } from './dataset-record.ts';
import type { Datasets } from './datasets.ts';
import { listRows } from './list-rows.ts';
import { isFault, type ReadRow, readCells, readRow, type RowFault } from './read-row.ts';
import type { RowWriter } from './write-rows.ts';

/** Per write key, as for events. */
const LIMIT = { max: 6000, windowMs: MINUTE_MS };
const OPTIONS = { rateLimit: LIMIT, bodyLimit: 4 * 1024 * 1024, isForAnyOrigin: true };

export function registerDatasetRoutes(
  serve: Serve,
  deps: {
    database: Database;
    clock: Clock;
    timeZone: string;
    datasets: Datasets;
    rowWriter: RowWriter;
    readLevels: ReadLevels;
  },
): void {
  const { datasets } = deps;
  const lensOf = (caller: Caller) => deps.readLevels.of(accountOf(caller).role);

  serve(api.datasets.listDatasets, async ({ caller }) => ({ items: await datasets.list(await lensOf(caller)) }));
  serve(api.datasets.getDataset, async ({ params, caller }) => datasets.get(params.dataset, await lensOf(caller)));
  serve(api.datasets.declareDataset, async ({ params, query, body, caller }) => {
    await datasets.declare(params.dataset, body, { isNew: query.isNew ?? false, lens: await lensOf(caller) });
    return datasets.get(params.dataset, await lensOf(caller));
  });
  serve(api.datasets.datasetUses, ({ params }) => datasets.uses(params.dataset));
  serve(api.datasets.deleteDataset, async ({ params }) => {
    await datasets.remove(params.dataset);
    return {};
  });
  serve(api.datasets.listRows, async ({ params, query, caller }) =>
    listRows(deps.database, await datasets.find(params.dataset), query, await lensOf(caller)),
  );

  serve(
    api.datasets.upsertRows,
    async ({ params, body }) => {
      const dataset = await datasets.find(params.dataset);
      const read: ReadRow[] = [];
      const rejected: RowsWritten['rejected'] = [];
      for (const [index, cells] of body.rows.entries()) {
        const values = readCells(dataset, cells, deps.timeZone);
        const row = isFault(values) ? values : readRow(dataset, values);
        if (isFault(row)) rejected.push({ index, ...row, message: wordFault(row) });
        else read.push(row);
      }
      if (read.length > 0) await deps.rowWriter.upsert(dataset, read, { at: new Date(deps.clock.now()) });
      return { written: read.length, rejected };
    },
    OPTIONS,
  );
  serve(
    api.datasets.deleteRows,
    async ({ params, body }) => {
      const dataset = await datasets.find(params.dataset);
      const ids = body.keys.flatMap((cells) => {
        const values = readCells(dataset, cells, deps.timeZone);
        if (isFault(values)) return [];
        const key = dataset.keyColumns.map((column) => values[column] ?? null);
        return key.includes(null) ? [] : [rowIdOf(dataset._id, key)];
      });
      return { deleted: await deps.rowWriter.remove(dataset._id, ids) };
    },
    OPTIONS,
  );
}

/** The API speaks English; the code says the same to programs. */
function wordFault(fault: RowFault): string {
  return describeRejection({ ...fault, line: 0, raw: '' }, 'en-US');
}
