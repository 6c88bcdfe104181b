import { type Browser, expect, type Page } from '@playwright/test';
import { ADMINISTRATOR, ApiClient, type Credentials } from '../app/api-client.ts';
import type { RunningApp } from '../app/start-app.ts';

/** Follows the link that the terminal shows and creates the first administrator. */
export async function setUpAdministrator(page: Page, app: RunningApp): Promise<void> {
  await page.goto(`${app.url}/setup?token=${app.setupToken ?? ''}`);
  await expect(page.getByLabel('One-time token')).toHaveValue(app.setupToken ?? 'none was printed');
  await page.getByLabel('Name', { exact: true }).fill(ADMINISTRATOR.name);
  await page.getByLabel('E-mail address').fill(ADMINISTRATOR.email);
  await page.getByLabel('Password').fill(ADMINISTRATOR.password);
  await page.getByRole('button', { name: 'Create the administrator' }).click();
  await expect(page.getByRole('navigation')).toBeVisible();
}

/** Home, signed in as the first administrator, for stories that begin behind the door. Answers the same session of the API. */
export async function enter(page: Page, app: RunningApp): Promise<ApiClient> {
  const client = new ApiClient(app.url);
  await client.setUp(app.setupToken ?? '');
  await page.context().addCookies([client.session]);
  await page.goto(app.url);
  await expect(page.getByRole('navigation')).toBeVisible();
  return client;
}

export async function signIn(page: Page, { email, password }: Credentials = ADMINISTRATOR): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** A browser of somebody else, who comes by an address and signs in on the way. */
export async function openAs(browser: Browser, address: string, who: Credentials): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(address);
  await signIn(page, who);
  return page;
}
