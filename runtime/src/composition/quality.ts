import { MINUTE_MS } from '@sluice/shared/time';
import type { TestSender } from '../channels/email/test-message.ts';
import type { Config } from '../config.ts';
import { createHttpClient } from '../outbound/http-client.ts';
import { createAlertMessenger } from '../quality/alert-messenger.ts';
import { createQualityAlerts } from '../quality/quality-alerts.ts';
import { createQualityReport } from '../quality/quality-report.ts';
import { createQueueBacklog } from '../quality/queue-backlog.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Core } from './core.ts';

/** How late a crossed line may be noticed. */
const LOOK_EVERY_MS = MINUTE_MS;

/** What is said of the quality of the data, and who is told when it falls. */
export function composeQuality(core: Core, config: Config, parts: { scheduler: Scheduler; sender: TestSender }) {
  const client = createHttpClient({ allowPrivate: config.allowPrivateCalls, connectionsPerOrigin: 2 });
  const report = createQualityReport(core);
  const messenger = createAlertMessenger({ ...parts, client });
  const queues = createQueueBacklog(core);
  const alerts = createQualityAlerts({ ...core, report, queues, messenger });
  parts.scheduler.define('quality:look', () => alerts.look());
  return {
    report,
    alerts,
    queues,
    start: () => parts.scheduler.every('quality:look', 'all', LOOK_EVERY_MS),
    close: () => client.close(),
  };
}
