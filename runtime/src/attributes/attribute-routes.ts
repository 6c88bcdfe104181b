import { api } from '@sluice/shared/http-api';
import { accountOf } from '../http/caller.ts';
import type { Serve } from '../http/serve.ts';
import type { AttributeRemoval } from './attribute-removal.ts';

export function registerAttributeRoutes(serve: Serve, { removal }: { removal: AttributeRemoval }): void {
  serve(api.attributes.attributeUses, ({ params }) => removal.uses(params.name));
  serve(api.attributes.deleteAttribute, async ({ params, query, caller }) => {
    await removal.remove(params.name, accountOf(caller), { isConfirmed: query.confirm === 'yes' });
    return {};
  });
}
