import { api } from '@sluice/shared/http-api';
import { importCustomers } from './app/customers.ts';
import { expect, test } from './app/story.ts';
import { enter } from './pages/entry.ts';
import { FlowEditor } from './pages/flow-editor.ts';
import { LiveFlow } from './pages/live-flow.ts';
import { Shell } from './pages/shell.ts';

const ASLEEP = 40;
const AWAKE = 5;
const NAME = 'Win back in autumn';

test('[FC-1] [EXP-3] an operator takes a ready-made flow, asks what it would do, publishes it, and is told why somebody is in it or not', async ({
  page,
  app,
}) => {
  const shell = new Shell(page);
  const editor = new FlowEditor(page);
  const live = new LiveFlow(page);
  const client = await enter(page, app);
  const users = await importCustomers(client, app.url, ASLEEP, AWAKE);

  await test.step('a template says what it does and becomes a flow by its form', async () => {
    await shell.goTo('Templates');
    await page.getByRole('searchbox', { name: 'Search templates' }).fill('win back');
    await page.getByRole('link', { name: /^Win back customers/ }).click();
    await expect(page.getByText('Customers with at least one order, and none in the last 90 days.')).toBeVisible();
    await page.getByRole('link', { name: 'Make a flow' }).click();
    await page.getByLabel('Name of the flow').fill(NAME);
    await page.getByRole('textbox', { name: 'Subject of the news' }).fill('Autumn is here');
    await page.getByRole('textbox', { name: 'Name in the letters' }).fill('Kite & Co.');
    await page.getByRole('textbox', { name: 'Address of your site' }).fill('https://kite.example.test');
    await page.getByRole('button', { name: 'Make the flow' }).click();
    await expect(page.getByRole('textbox', { name: 'Name of the flow' })).toHaveValue(NAME);
    await expect(editor.canvas.node('What is new')).toContainText('Autumn is here');
    await expect(editor.problems).toHaveText('No problems');
  });

  await test.step('the forecast of the draft sends the whole audience through it, and nobody anything', async () => {
    await editor.showMode('Forecast');
    await page.getByRole('button', { name: 'Make forecast' }).click();
    await expect(figure('People who enter')).toHaveText(String(ASLEEP));
    // One to each who is not held out, and a reminder to those of them who do not buy, as many as history says.
    const sent = Number(await figure('E-mails sent').textContent());
    expect(sent).toBeGreaterThan(ASLEEP / 2);
    expect(sent).toBeLessThanOrEqual(2 * ASLEEP);
    expect((await client.call(api.content.listOutbox)).items).toEqual([]);
  });

  await test.step('published, it takes in exactly those', async () => {
    await editor.showMode('Edit');
    await editor.publish(1, `${ASLEEP} of ${users.length} profiles match now`);
    await expect(live.entered('No order for 90 days', ASLEEP)).toBeVisible();
  });

  await test.step('somebody who is in it stands at a node, with what was and what is to be expected', async () => {
    const list = await live.open(live.entered('No order for 90 days', ASLEEP));
    const waiting = list.getByRole('row').filter({ hasText: 'Waiting' }).first();
    await waiting.getByRole('link', { name: 'Explain' }).click();
    const told = page.getByRole('complementary', { name: 'Why this person is where it is' });
    await expect(told.getByText(/^Stands at “Delay” since/)).toBeVisible();
    await expect(told.getByText('Was in the audience when the flow started')).toBeVisible();
    await expect(told.getByText('Expected').first()).toBeVisible();
    await expect(editor.canvas.node('Delay').getByText('Is here')).toBeVisible();
  });

  await test.step('somebody who is not is told which condition keeps it out', async () => {
    const [found] = (await client.call(api.data.listProfiles, { query: { search: users.at(-1) ?? '' } })).items;
    await page.goto(`${app.url}/data/profiles/${found?.id ?? ''}`);
    await page.getByRole('combobox', { name: 'Why (not) in a flow…' }).click();
    await page.getByTitle(NAME).click();
    const told = page.getByRole('complementary', { name: 'Why this person is where it is' });
    await expect(told.getByText('Not in this flow')).toBeVisible();
    const trigger = told.getByRole('region', { name: 'No order for 90 days' });
    await expect(trigger).toContainText('Kept out now');
    await expect(trigger).toContainText('Order Completed');
  });

  function figure(name: string) {
    return page.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd[1]');
  }
});
