import { Readable } from 'node:stream';
import { AppError } from '@sluice/shared/errors';
import { type Account, exportRoutes, SealedExport } from '@sluice/shared/http-api';
import { type Attributes, FieldName } from '@sluice/shared/model';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { AttributeLens, ReadLevels } from '../access/read-level.ts';
import { accountOf } from '../http/caller.ts';
import { readJson } from '../http/parse-json.ts';
import type { Serve, ServeRaw } from '../http/serve.ts';
import { compileCheck } from '../http/validate-request.ts';
import type { Clock } from '@sluice/shared/time';
import type { Database } from '../stores/database.ts';
import type { Audiences } from './audiences.ts';
import { createExportLog, type ExportOrder } from './export-log.ts';
import { exportMembers, type ValueMask } from './export-members.ts';
import { sealFile } from './seal-file.ts';

export interface ExportDeps {
  database: Database;
  clock: Clock;
  audiences: Pick<Audiences, 'get'>;
  readLevels: ReadLevels;
}

const EXPORTERS = ['administrator', 'operator', 'developer'] as const;

/** Each seal by a passphrase takes a thread for a while. */
const SEAL_LIMIT = { max: 30, windowMs: 60_000 };

/**
 * The members of an audience as a file. One that is sealed holds what its maker may see. An open one may come into anybody's
 * hands, so it holds no more than the role that sees the least.
 */
export function registerExportRoutes(serve: Serve, serveRaw: ServeRaw, deps: ExportDeps): void {
  const log = createExportLog(deps);
  const fileOf = (order: ExportOrder, by: Account, mask: ValueMask) =>
    log.recorded(order, by, (count) => exportMembers(deps.database, order.audienceId, order.attributes, mask, count));

  // `?attributes=["city","age"]`: a name may hold any mark but a dot.
  serveRaw({ method: 'GET', path: '/api/audiences/:audienceId/members.csv', access: EXPORTERS }, async (input) => {
    const { _id, name } = await deps.audiences.get(input.params.audienceId ?? '');
    const attributes = readAttributes(input.query.attributes);
    const mask = maskOf(await deps.readLevels.of('analyst'));
    const order = { audienceId: _id, audienceName: name, attributes, protection: 'masked' as const };
    return {
      status: 200,
      headers: { 'content-type': 'text/csv; charset=utf-8', ...asFile(_id, name, 'csv') },
      body: Readable.from(fileOf(order, accountOf(input.caller), mask)),
    };
  });
  serveRaw(
    { method: 'POST', path: '/api/audiences/:audienceId/members.csv.age', access: EXPORTERS },
    async (input) => {
      const { _id, name } = await deps.audiences.get(input.params.audienceId ?? '');
      const { attributes, seal } = readOrder(input.body);
      const account = accountOf(input.caller);
      const mask = maskOf(await deps.readLevels.of(account.role));
      const order = { audienceId: _id, audienceName: name, attributes, protection: seal.kind };
      return {
        status: 200,
        headers: { 'content-type': 'application/octet-stream', ...asFile(_id, name, 'csv.age') },
        body: await sealFile(fileOf(order, account, mask), seal),
      };
    },
    { isJsonKeptAsText: true, rateLimit: SEAL_LIMIT },
  );
  serve(exportRoutes.listExports, async ({ query, caller }) =>
    log.list(query, await deps.readLevels.of(accountOf(caller).role)),
  );
}

function maskOf(lens: AttributeLens): ValueMask {
  return (attribute, value) => lens.view({ [attribute]: value } as Attributes).attributes[attribute] ?? null;
}

function asFile(id: string, name: string, ending: string): Record<string, string> {
  const spelled = encodeURIComponent(`${name}.${ending}`);
  return { 'content-disposition': `attachment; filename="audience-${id}.${ending}"; filename*=UTF-8''${spelled}` };
}

const Names = Compile(Type.Array(FieldName, { maxItems: 500, uniqueItems: true }));

function readAttributes(text = '[]'): string[] {
  const names = readJson(text, 'query/attributes');
  if (Names.Check(names)) return names;
  const problem = 'query/attributes must be a JSON list of names of attributes';
  throw new AppError('request-invalid', problem, { details: { problem } });
}

const checkOrder = compileCheck(SealedExport, 'body');

function readOrder(text: string): SealedExport {
  return checkOrder(readJson(text)) as SealedExport;
}
