import type { LaunchOptions } from '@playwright/test';

/**
 * A headless Chromium calls itself one, and visits of robots are not counted, but the stories are about people. Said to
 * the browser and not to a page: the sandboxed frame of a message would not hear of it.
 */
const PERSON = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** The system's Chromium: nothing is downloaded, and nothing of it calls home. */
export const CHROMIUM: LaunchOptions = {
  executablePath: process.env['CHROMIUM_PATH'] || '/usr/bin/chromium',
  args: [
    `--user-agent=${PERSON}`,
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
