import { expect, test as base } from '@playwright/test';
import { type RunningApp, startApp } from './start-app.ts';

interface Story {
  /** A product of its own, with an empty data folder. */
  app: RunningApp;
  /** Fails the story when the page complained to the console or threw. */
  calmConsole: undefined;
}

export const test = base.extend<Story>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  app: async ({}, use, story) => {
    const app = await startApp();
    await use(app);
    await app.stop();
    if (story.status !== story.expectedStatus) await story.attach('server', { body: app.output() });
  },
  calmConsole: [
    // Asks for the app so as to end before it does: a page whose server is gone may complain.
    async ({ page, app: _app }, use) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      await use(undefined);
      expect(complaints, 'errors on the console').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
