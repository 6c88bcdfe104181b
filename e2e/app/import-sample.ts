import { setTimeout as sleep } from 'node:timers/promises';
import { api } from '@sluice/shared/http-api';
import type { ApiClient } from './api-client.ts';

const LIMIT_MS = 60_000;

/** Imports a file in the shape of Hillstrom's as the walk-through does: rows numbered, addresses computed. */
export async function importSample(client: ApiClient, csv: string): Promise<void> {
  const uploaded = await client.upload(api.data.uploadImport, 'sample.csv', new TextEncoder().encode(csv));
  const params = { importId: uploaded.id };
  const columns = (uploaded.preview?.columns ?? []).map(({ name, type }) => ({ column: name, attribute: name, type }));
  await client.call(api.data.startImport, {
    params,
    body: {
      identity: { kind: 'row-number', prefix: 'user-' },
      columns,
      computed: [{ attribute: 'email', liquid: 'user-{{row}}@example.test', type: 'string' }],
    },
  });
  for (const deadline = Date.now() + LIMIT_MS; ; await sleep(100)) {
    const job = await client.call(api.data.getImport, { params });
    if (job.status === 'done') return;
    if (job.status === 'failed' || Date.now() > deadline) throw new Error(`The import is ${job.status}`);
  }
}
