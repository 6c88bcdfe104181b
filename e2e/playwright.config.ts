import { defineConfig } from '@playwright/test';
import { CHROMIUM } from './app/chromium.ts';

// One worker: every story starts a whole product, and two at once would only take time from each other.
export default defineConfig({
  testDir: '.',
  testMatch: '*.story.ts',
  outputDir: '../test-results',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 600_000,
  expect: { timeout: 60_000 },
  use: {
    launchOptions: CHROMIUM,
    actionTimeout: 60_000,
    navigationTimeout: 60_000,
    viewport: { width: 1920, height: 1000 },
    locale: 'en-US',
    timezoneId: 'UTC',
    colorScheme: 'light',
    screenshot: 'only-on-failure',
  },
});
