import { EVERYONE } from '@sluice/shared/condition';
import { api } from '@sluice/shared/http-api';
import { sendBatch } from './app/api-client.ts';
import { graphOf } from './app/graph-of.ts';
import { expect, test } from './app/story.ts';
import { enter, openAs } from './pages/entry.ts';
import { FlowEditor } from './pages/flow-editor.ts';
import { LiveFlow } from './pages/live-flow.ts';
import { Shell } from './pages/shell.ts';

const LIN = { email: 'lin@example.test', name: 'Lin', password: 'another-long-password', role: 'operator' as const };
const ASK = 'Send for approval';
const APPROVE = 'Approve and publish';
const GRAPH = graphOf(
  [
    ['start', 'schedule', { when: 'now', audience: EVERYONE }],
    ['end', 'exit', { reason: 'greeted' }],
  ],
  ['start:next>end'],
);

test('[APPR-1] [APPR-2] [APPR-4] where the workspace asks for it, a second person sees what would change and publishes it by agreeing', async ({
  page,
  app,
  browser,
}) => {
  const client = await enter(page, app);
  await client.call(api.access.createAccount, { body: LIN });
  const { key } = await client.call(api.access.createWriteKey, { body: { name: 'Shop' } });
  await sendBatch(
    app.url,
    key,
    ['ann', 'ben', 'cas'].map((userId) => ({ type: 'identify', userId, traits: { city: 'Graz' } })),
  );
  const flow = await client.call(api.flows.createFlow, { body: { name: 'Greeting', graph: GRAPH } });
  const lin = await openAs(browser, `${app.url}/flows/${flow.id}?mode=edit`, LIN);
  const editor = new FlowEditor(lin);
  const request = page.getByRole('main');

  await test.step('an administrator asks for a second person', async () => {
    await new Shell(page).goTo('Approvals');
    await page.getByRole('switch', { name: 'A second person approves before publishing' }).click();
    await expect(page.getByText('Set by Ada')).toBeVisible();
  });

  await test.step('[APPR-2] an operator sends a draft, and is told that somebody else decides', async () => {
    await lin.reload();
    await sendForApproval('For the spring');
    await lin.getByRole('link', { name: 'Look at the request' }).click();
    await expect(lin.getByText('You asked for this yourself')).toBeVisible();
    await expect(lin.getByRole('button', { name: APPROVE })).toHaveCount(0);
    await lin.goBack();
  });

  await test.step('sent back with a reason, it is changed and sent anew', async () => {
    await openRequest('For the spring');
    await page.getByRole('button', { name: 'Send back' }).click();
    const dialog = page.getByRole('dialog', { name: 'Send it back to Lin' });
    await dialog.getByLabel('What has to change').fill('Say goodbye, too');
    await dialog.getByRole('button', { name: 'Send back' }).click();
    await expect(page.getByText('Ada decided at')).toBeVisible();
    await lin.reload();
    await expect(lin.getByText('Ada sent it back: Say goodbye, too')).toBeVisible();
    await editor.canvas.node('Exit').click();
    await editor.inspector.rename('Goodbye');
    await editor.expectSaved();
    await sendForApproval('With a goodbye');
  });

  await test.step('[APPR-4] what is agreed to is what goes live', async () => {
    await openRequest('With a goodbye');
    await expect(request.locator('.react-flow__node').filter({ hasText: 'Goodbye' })).toBeVisible();
    await expect(request.getByText('3 of 3 profiles match now')).toBeVisible();
    await page.getByRole('button', { name: APPROVE }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish version 1 of “Greeting”?' });
    await dialog.getByRole('button', { name: APPROVE }).click();
    await expect(page.getByText('Live · Version 1')).toBeVisible();
    await expect(new LiveFlow(page).entered('Goodbye', 3)).toBeVisible();
  });
  await lin.context().close();

  async function sendForApproval(note: string): Promise<void> {
    await lin.getByRole('button', { name: ASK }).click();
    const drawer = lin.getByRole('dialog', { name: 'Send version 1 for approval' });
    await drawer.getByLabel('Note for the list of versions').fill(note);
    await drawer.getByRole('button', { name: ASK }).click();
    await expect(lin.getByText('Waiting for approval since')).toBeVisible();
  }

  async function openRequest(note: string): Promise<void> {
    await page.goto(app.url);
    await expect(page.getByText('1 draft waits for your approval')).toBeVisible();
    await page.getByRole('main').getByRole('link', { name: 'Review' }).click();
    await page.getByRole('row').filter({ hasText: note }).getByRole('link', { name: 'Greeting' }).click();
    await expect(page.getByText(note)).toBeVisible();
  }
});
