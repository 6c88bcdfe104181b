import { api } from '@sluice/shared/http-api';
import type { Serve } from '../../http/serve.ts';
import type { ProviderSettings } from './provider-settings.ts';
import type { TestSender } from './test-message.ts';

export function registerEmailProviderRoutes(
  serve: Serve,
  deps: { settings: ProviderSettings; testSender: TestSender },
): void {
  serve(api.content.getEmailProvider, () => deps.settings.read());
  serve(api.content.setEmailProvider, ({ body }) => deps.settings.write(body.provider, body.password));
  serve(api.content.testEmailProvider, ({ body }) => deps.testSender.send(body.to), {
    // Each one may open a connection to a server of the caller's choice.
    rateLimit: { max: 10, windowMs: 60_000 },
  });
}
