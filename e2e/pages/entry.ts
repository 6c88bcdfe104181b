import { expect, type Page } from '@playwright/test';
import { ADMINISTRATOR } from '../app/api-client.ts';
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

export async function signIn(page: Page): Promise<void> {
  await page.getByLabel('E-mail address').fill(ADMINISTRATOR.email);
  await page.getByLabel('Password').fill(ADMINISTRATOR.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
