import { Readable } from 'node:stream';
import { dataRoutes } from '@sluice/shared/http-api';
import type { ReadLevels } from '../access/read-level.ts';
import { accountOf } from '../http/caller.ts';
import type { Serve, ServeRaw, ServeUpload } from '../http/serve.ts';
import type { Imports } from './imports.ts';
import { writeRejectionCsv } from './rejection-csv.ts';

/** Largest file that may be uploaded, in bytes. */
export const MAX_UPLOAD_BYTES = 2 * 1024 ** 3;

export function registerImportRoutes(
  server: { serve: Serve; serveUpload: ServeUpload; serveRaw: ServeRaw },
  { imports, readLevels }: { imports: Imports; readLevels: ReadLevels },
): void {
  const { serve, serveUpload, serveRaw } = server;
  serveUpload(dataRoutes.uploadImport, ({ file }) => imports.upload(file), { maxBytes: MAX_UPLOAD_BYTES });
  serve(dataRoutes.listImports, ({ query }) => imports.list(query));
  serve(dataRoutes.getImport, ({ params }) => imports.get(params.importId));
  serve(dataRoutes.readImport, ({ params, body }) => imports.read(params.importId, body));
  serve(dataRoutes.tryImport, ({ params, body }) => imports.try(params.importId, body));
  serve(dataRoutes.startImport, async ({ params, body, caller }) => {
    // Who is found by an attribute shows that somebody has the value.
    const by = body.members?.by;
    if (by !== undefined) (await readLevels.of(accountOf(caller).role)).demandUse([by]);
    return imports.start(params.importId, body);
  });
  serve(dataRoutes.cancelImport, ({ params }) => imports.cancel(params.importId));
  serve(dataRoutes.undoImport, ({ params }) => imports.undo(params.importId));
  serve(dataRoutes.listRejections, ({ params, query }) => imports.listRejections(params.importId, query));
  // `?language=zh-CN` for reasons in Chinese.
  serveRaw(
    { method: 'GET', path: '/api/imports/:importId/rejections.csv', access: 'signed-in' },
    async ({ params, query }) => {
      const { id } = await imports.get(params.importId ?? '');
      const locale = query.language === 'zh-CN' ? 'zh-CN' : 'en-US';
      return {
        status: 200,
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="rejected-${id}.csv"`,
        },
        body: Readable.from(writeRejectionCsv(imports.streamRejections(id), locale)),
      };
    },
  );
}
