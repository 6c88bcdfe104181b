import { api } from '@sluice/shared/http-api';
import type { ReadLevels } from '../access/read-level.ts';
import { accountOf } from '../http/caller.ts';
import type { Serve } from '../http/serve.ts';
import type { Quarantine } from './quarantine.ts';

export function registerQualityRoutes(serve: Serve, deps: { quarantine: Quarantine; readLevels: ReadLevels }): void {
  const { quarantine } = deps;
  serve(api.quality.listQuarantine, async ({ query, caller }) =>
    quarantine.list(query, await deps.readLevels.of(accountOf(caller).role)),
  );
  serve(api.quality.countQuarantine, async () => ({ items: await quarantine.count() }));
  serve(api.quality.releaseQuarantine, ({ body }) => quarantine.release(body));
  serve(api.quality.dropQuarantine, ({ body }) => quarantine.drop(body));
}
