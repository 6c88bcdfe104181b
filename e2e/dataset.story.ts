import { importSample } from './app/import-sample.ts';
import { policyRows } from './app/policies.ts';
import { createSample, sampleCsv } from './app/sample.ts';
import { expect, test } from './app/story.ts';
import { choose } from './pages/choice.ts';
import { ConditionEditor } from './pages/condition-editor.ts';
import { enter } from './pages/entry.ts';
import { Shell } from './pages/shell.ts';

const PEOPLE = 30;
const rows = policyRows(PEOPLE);
const dear = rows.filter(({ premium }) => premium > 500);

test('[DS-1] [DS-6] a wide table is declared, filled from a file, asked about by an audience, and shows whose its rows are', async ({
  page,
  app,
}) => {
  const shell = new Shell(page);
  const client = await enter(page, app);
  await importSample(client, sampleCsv(createSample(PEOPLE)));

  await test.step('columns of its own, and one that follows the owner', async () => {
    await shell.goTo('Datasets');
    await page.getByRole('link', { name: 'Declare a dataset' }).first().click();
    await page.getByLabel('Name on screen', { exact: true }).fill('Policies');
    await expect(page.getByLabel('Technical name')).toHaveValue('policies');
    await page.getByLabel('Name of the column number').fill('policy_number');
    await page.getByRole('button', { name: 'Add a column' }).click();
    await page.getByLabel('Name of the column 3').fill('premium');
    await choose(page.getByRole('combobox', { name: 'Type of premium' }), 'Number');
    await page.getByRole('combobox', { name: 'Add a profile attribute' }).fill('segment');
    await page.getByTitle('segment', { exact: true }).click();
    await page.getByRole('button', { name: 'Declare a dataset' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Policies' })).toBeVisible();
    await expect(page.getByText('No rows yet')).toBeVisible();
  });

  await test.step('a file becomes rows, its bad one does not', async () => {
    await page.getByRole('link', { name: 'Import rows' }).first().click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByText(/^Drop a .* file here/).click();
    const csv = [
      'user_id,policy_number,premium',
      ...rows.map((row) => `${row.user_id},${row.policy_number},${row.premium}`),
    ];
    await (await chooser).setFiles({
      name: 'policies.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([...csv, 'user-1,P-x,dear', ''].join('\n')),
    });
    await page.getByRole('button', { name: /^Import / }).click();
    await expect(page.getByText('Rows imported', { exact: true })).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: 'P-x' })).toContainText('dear');
    await shell.goTo('Datasets');
    await page.getByRole('link', { name: 'Policies' }).click();
    await expect(page.getByText(`${rows.length} rows`, { exact: true })).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: 'P-1-1' })).toContainText('Mens E-Mail');
  });

  await test.step('an audience asks about the rows, and counts while it is written', async () => {
    await shell.goTo('Audiences');
    await page.getByRole('link', { name: 'New audience' }).first().click();
    await page.getByLabel('Name', { exact: true }).fill('Dear policies');
    const condition = new ConditionEditor(page.getByRole('main'));
    await condition.addRows('Policies', 'premium', 'is greater than', '500');
    await condition.expectCount(dear.length, PEOPLE);
    await page.getByRole('button', { name: 'Create the audience' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Dear policies' })).toBeVisible();
    const members = page.getByRole('term').filter({ hasText: 'Members' }).locator('xpath=following-sibling::dd[1]');
    await expect(members).toHaveText(String(dear.length));
    await expect(page.getByRole('link', { name: 'user-3', exact: true })).toBeVisible();
  });

  await test.step('what an audience looks into cannot be deleted', async () => {
    await page.goto(`${app.url}/data/datasets/policies`);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete the dataset' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete Policies?' });
    await expect(dialog.getByRole('link', { name: 'Dear policies' })).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Delete the dataset' })).toBeDisabled();
  });
});
