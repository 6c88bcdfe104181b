import { api } from '@sluice/shared/http-api';
import { accountOf } from '../http/caller.ts';
import type { Serve } from '../http/serve.ts';
import type { FlowPresence } from './presence.ts';

export function registerPresenceRoutes(serve: Serve, { presence }: { presence: FlowPresence }): void {
  serve(api.presence.showPresence, ({ params, body, caller }) => presence.show(params.flowId, body, accountOf(caller)));
}
