import { api } from '@sluice/shared/http-api';
import { accountOf } from '../http/caller.ts';
import type { Serve } from '../http/serve.ts';
import type { ApprovalList } from './list-approvals.ts';
import type { ApprovalSettings } from './approval-setting.ts';
import type { Approvals } from './approvals.ts';

export function registerApprovalRoutes(
  serve: Serve,
  deps: { approvals: Approvals; list: ApprovalList; settings: ApprovalSettings },
): void {
  const { approvals, list, settings } = deps;
  const routes = api.approvals;

  serve(routes.getSetting, () => settings.read());
  serve(routes.setSetting, ({ body, caller }) => settings.write(body.isRequired, accountOf(caller)));
  serve(routes.request, async ({ params, body, caller }) => {
    const by = accountOf(caller);
    return list.summarize(await approvals.request(params.flowId, body, by), by);
  });
  serve(routes.listApprovals, ({ query, caller }) => list.list(query, accountOf(caller)));
  serve(routes.countWaiting, async ({ caller }) => ({ count: await list.countWaiting(accountOf(caller)) }));
  serve(routes.getApproval, async ({ params, caller }) =>
    list.describe(await approvals.get(params.approvalId), accountOf(caller)),
  );
  serve(routes.approve, ({ params, body, caller }) => approvals.approve(params.approvalId, body, accountOf(caller)));
  serve(routes.sendBack, async ({ params, body, caller }) => {
    const by = accountOf(caller);
    return list.summarize(await approvals.sendBack(params.approvalId, body.comment, by), by);
  });
  serve(routes.withdraw, async ({ params, caller }) => {
    const by = accountOf(caller);
    return list.summarize(await approvals.withdraw(params.approvalId, by), by);
  });
}
