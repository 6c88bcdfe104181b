import { api } from '@sluice/shared/http-api';
import type { ReadLevels } from '../access/read-level.ts';
import { accountOf } from '../http/caller.ts';
import type { Serve } from '../http/serve.ts';
import type { QualityAlerts } from './quality-alerts.ts';
import type { QualityReport } from './quality-report.ts';
import type { QueueBacklog } from './queue-backlog.ts';
import type { Quarantine } from './quarantine.ts';

export interface QualityDeps {
  quarantine: Quarantine;
  readLevels: ReadLevels;
  report: QualityReport;
  alerts: QualityAlerts;
  queues: QueueBacklog;
}

export function registerQualityRoutes(serve: Serve, deps: QualityDeps): void {
  const { quarantine, alerts } = deps;
  serve(api.quality.report, async ({ caller }) => {
    const lens = await deps.readLevels.of(accountOf(caller).role);
    const rows = await deps.report.read();
    return { items: rows.filter(({ kind, name }) => kind === 'event' || lens.readLevel(name) !== 'hidden') };
  });
  serve(api.quality.queues, async () => ({ items: await deps.queues.read() }));
  serve(api.quality.listAlerts, async () => ({ items: await alerts.list() }));
  serve(api.quality.createAlert, ({ body, caller }) => alerts.create(body, accountOf(caller)));
  serve(api.quality.deleteAlert, async ({ params }) => {
    await alerts.remove(params.id);
    return {};
  });

  serve(api.quality.listQuarantine, async ({ query, caller }) =>
    quarantine.list(query, await deps.readLevels.of(accountOf(caller).role)),
  );
  serve(api.quality.countQuarantine, async () => ({ items: await quarantine.count() }));
  serve(api.quality.releaseQuarantine, ({ body }) => quarantine.release(body));
  serve(api.quality.dropQuarantine, ({ body }) => quarantine.drop(body));
}
