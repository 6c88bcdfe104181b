import { readFile } from 'node:fs/promises';
import { api } from '@sluice/shared/http-api';
import type { Page } from '@playwright/test';
import { sendBatch } from './app/api-client.ts';
import { importSample } from './app/import-sample.ts';
import { createSample, isInAudience, sampleCsv, SEGMENTS } from './app/sample.ts';
import { expect, test } from './app/story.ts';
import { choose } from './pages/choice.ts';
import { ConditionEditor } from './pages/condition-editor.ts';
import { enter, openAs } from './pages/entry.ts';
import { Shell } from './pages/shell.ts';

const OPERATOR = {
  email: 'lin@example.test',
  name: 'Lin',
  password: 'another-long-password',
  role: 'operator' as const,
};
const rows = createSample(60);
const [MENS, WOMENS] = SEGMENTS;
/** Spent more than the bound, and got one of the two mails. */
const mailed = rows.filter((row) => isInAudience(row) && (row.segment === MENS || row.segment === WOMENS));
const mens = rows.filter(({ segment }) => segment === MENS);
const both = mailed.filter(({ segment }) => segment === MENS);

test('[AUD-1] an audience is built of nested conditions, kept current or frozen, combined, and exported without what the role may not see', async ({
  page,
  app,
  browser,
}) => {
  const shell = new Shell(page);
  const client = await enter(page, app);
  await importSample(client, sampleCsv(rows));
  const { key } = await client.call(api.access.createWriteKey, { body: { name: 'Shop' } });

  await test.step('nested conditions read as a sentence and count while they are written', async () => {
    await beginAudience('Mailed');
    const condition = new ConditionEditor(page.getByRole('main'));
    await condition.addAttribute('history', 'is greater than', '100');
    const group = await condition.addGroup();
    await group.addAttribute('segment', 'is', MENS);
    await group.addAttribute('segment', 'is', WOMENS);
    await condition.expectCount(mailed.length, rows.length);
    await expect(condition.sentence).toContainText('or');
    await page.getByRole('button', { name: 'Create the audience' }).click();
    await expect(members()).toHaveText(String(mailed.length));
  });

  await test.step('who comes later is in the dynamic one, and in the frozen one when it is extracted again', async () => {
    await beginAudience('Men');
    await page.getByText('Snapshot', { exact: true }).click();
    await new ConditionEditor(page.getByRole('main')).addAttribute('segment', 'is', MENS);
    await page.getByRole('button', { name: 'Create the audience' }).click();
    await expect(members()).toHaveText(String(mens.length));
    const traits = { segment: MENS, history: 5000, email: 'late@example.test' };
    await sendBatch(app.url, key, [{ type: 'identify', userId: 'latecomer', traits }]);
    await openAudience('Mailed');
    await expect(members()).toHaveText(String(mailed.length + 1));
    await openAudience('Men');
    await expect(members()).toHaveText(String(mens.length));
    await page.getByRole('button', { name: 'Extract again' }).click();
    await expect(members()).toHaveText(String(mens.length + 1));
  });

  await test.step('two audiences are intersected, and the picture says how they overlap', async () => {
    await shell.goTo('Audiences');
    await page.getByRole('link', { name: 'Combine audiences' }).click();
    const list = page.getByLabel('Audiences', { exact: true });
    await choose(list, 'Mailed');
    await page.keyboard.press('Escape');
    await choose(list, 'Men');
    await page.keyboard.press('Escape');
    await page.getByText('Intersection', { exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: 'belong to it now' })).toContainText(
      `${both.length + 1} people`,
    );
    await page.getByLabel('Name', { exact: true }).fill('Mailed men');
    await page.getByRole('button', { name: 'Create the audience' }).click();
    await expect(members()).toHaveText(String(both.length + 1));
  });

  await test.step('[GOV-1] an operator exports it, and an attribute that is sensitive comes masked', async () => {
    await client.call(api.data.describeAttribute, { params: { name: 'email' }, body: { sensitivity: 'sensitive' } });
    await client.call(api.access.createAccount, { body: OPERATOR });
    const lin = await openAs(browser, page.url(), OPERATOR);
    const csv = await exportWith(lin, 'email masked in the file');
    expect(csv.split('\n').filter((line) => line.trim() !== '')).toHaveLength(both.length + 2);
    expect(csv).toContain('latecomer');
    expect(csv).not.toContain('late@');
    expect(csv).toContain('***');
    // [AUD-9] That it was taken away stands on the page.
    await expect(lin.getByRole('row', { name: /Lin.*masks.*email.*Handed out/ })).toBeVisible();
    await lin.context().close();
  });

  async function beginAudience(name: string): Promise<void> {
    await shell.goTo('Audiences');
    await page.getByRole('link', { name: 'New audience' }).first().click();
    await page.getByLabel('Name', { exact: true }).fill(name);
  }

  async function openAudience(name: string): Promise<void> {
    await shell.goTo('Audiences');
    await page.getByRole('link', { name, exact: true }).click();
  }

  function members() {
    return page.getByRole('term').filter({ hasText: 'Members' }).locator('xpath=following-sibling::dd[1]');
  }
});

async function exportWith(page: Page, attribute: string): Promise<string> {
  await page.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog');
  await choose(dialog.getByRole('combobox', { name: 'Attributes beside the user id' }), attribute);
  // Several can be chosen, so the list stays until one looks elsewhere.
  await dialog.getByText(/^Export the members/).click();
  const download = page.waitForEvent('download');
  await dialog.getByRole('link', { name: 'Download CSV' }).click();
  return readFile(await (await download).path(), 'utf8');
}
