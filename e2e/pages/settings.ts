import { expect, type Page } from '@playwright/test';
import { choose } from './choice.ts';

/** Creates a write key and copies it from the one place where it is shown. */
export async function createWriteKey(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'Create a write key' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Create a write key' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Create a write key' }).click();
  const shown = page.getByRole('dialog', { name: 'Copy the key now' });
  const key = await shown.getByLabel(`Write key “${name}”`).innerText();
  await shown.getByRole('button', { name: 'I have copied it' }).click();
  await expect(shown).toBeHidden();
  return key.trim();
}

export interface SmtpServer {
  host: string;
  port: number;
  from: string;
}

/** Lets e-mail leave through an unencrypted SMTP server. */
export async function sendThroughSmtp(page: Page, server: SmtpServer): Promise<void> {
  await page.getByRole('radio', { name: 'SMTP server' }).check();
  await page.getByLabel('Host').fill(server.host);
  await page.getByLabel('Port').fill(String(server.port));
  await choose(page.getByLabel('Encryption'), 'None');
  await page.getByLabel('Sender').fill(server.from);
  await page.getByRole('button', { name: 'Save the provider' }).click();
  await expect(page.getByText('Saved. Messages leave this way from now on.')).toBeVisible();
}
