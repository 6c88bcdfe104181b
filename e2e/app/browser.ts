import { type Browser, chromium } from '@playwright/test';
import { CHROMIUM } from './chromium.ts';

export type { Browser, Page } from '@playwright/test';

/** The Chromium of the stories, for checks that are not stories. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch(CHROMIUM);
}
