import { api } from '@sluice/shared/http-api';
import type { ReadLevels } from '../access/read-level.ts';
import { accountOf } from '../http/caller.ts';
import type { Serve } from '../http/serve.ts';
import type { DerivedAttributes } from './derived-attributes.ts';

export function registerDerivedRoutes(
  serve: Serve,
  { attributes, readLevels }: { attributes: DerivedAttributes; readLevels: ReadLevels },
): void {
  serve(api.derived.listDerived, async () => ({ items: await attributes.list() }));
  serve(api.derived.saveDerived, async ({ params, body, caller }) => {
    const account = accountOf(caller);
    return attributes.save(params.name, body, account, await readLevels.of(account.role));
  });
  serve(api.derived.fillDerived, ({ params }) => attributes.fill(params.name));
  serve(api.derived.derivedUses, ({ params }) => attributes.uses(params.name));
  serve(api.derived.deleteDerived, async ({ params }) => {
    await attributes.remove(params.name);
    return {};
  });
}
