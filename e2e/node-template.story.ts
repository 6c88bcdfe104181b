import { api } from '@sluice/shared/http-api';
import { EVERYONE } from '@sluice/shared/condition';
import { ApiClient, sendBatch } from './app/api-client.ts';
import { graphOf } from './app/graph-of.ts';
import { LOYALTY } from './app/node-template.ts';
import { expect, test } from './app/story.ts';
import { enter } from './pages/entry.ts';
import { FlowEditor } from './pages/flow-editor.ts';
import { KeyboardCanvas } from './pages/keyboard-canvas.ts';
import { LiveFlow } from './pages/live-flow.ts';
import { Shell } from './pages/shell.ts';

const DEV = { email: 'dev@example.test', name: 'Dev', password: 'another-long-password', role: 'developer' as const };

test('[NODE-3] a node that a developer publishes is reviewed, granted, found in the palette, and run by people', async ({
  page,
  app,
}) => {
  const client = await enter(page, app);
  const shell = new Shell(page);
  const editor = new FlowEditor(page);
  const live = new LiveFlow(page);
  await client.call(api.access.createAccount, { body: DEV });
  const { key } = await client.call(api.access.createWriteKey, { body: { name: 'Shop' } });
  const points = [0, 60, 100, 250, 900];
  await sendBatch(
    app.url,
    key,
    points.map((value, index) => ({ type: 'identify', userId: `user-${index}`, traits: { points: value } })),
  );

  await test.step('a developer publishes it', async () => {
    const developer = new ApiClient(app.url);
    await developer.signIn(DEV);
    const { state } = await developer.call(api.nodeTemplates.submitTemplate, { body: LOYALTY });
    expect(state).toBe('submitted');
  });

  await test.step('an administrator sees its code and grants what it asks for', async () => {
    await shell.goTo('Node templates');
    await page.getByRole('link', { name: /Loyalty tier/ }).click();
    await expect(page.getByText('points >= params.least')).toBeVisible();
    await expect(page.getByRole('checkbox')).toHaveCount(2);
    await page.getByRole('button', { name: /1\.0\.0/ }).click();
    await expect(page.getByRole('button', { name: 'Deprecate' })).toBeVisible();
  });

  await test.step('an operator puts it between two nodes and publishes', async () => {
    const graph = graphOf(
      [
        ['start', 'schedule', { when: 'now', audience: EVERYONE }],
        ['gold', 'exit', { reason: 'gold' }],
      ],
      ['start:next>gold'],
    );
    const flow = await client.call(api.flows.createFlow, { body: { name: 'By tier', graph } });
    await page.goto(`${app.url}/flows/${flow.id}?mode=edit`);
    await editor.canvas.node('Schedule').click();
    await new KeyboardCanvas(page).add('Loyalty');
    await expect(editor.canvas.node('Loyalty tier')).toContainText('Points ≥ 100');
    await editor.canvas.node('Loyalty tier').click();
    await editor.inspector.leadTo('Other', 'Exit');
    await expect(editor.problems).toHaveText('No problems');
    await editor.publish(1, `${points.length} of ${points.length} profiles match now`);
  });

  await test.step('people go through it, each by its answer', async () => {
    await expect(live.left('Loyalty tier', 'Gold', 3)).toBeVisible();
    await expect(live.left('Loyalty tier', 'Other', 2)).toBeVisible();
    const { items } = await client.call(api.data.listProfiles);
    const tiers = items.map(({ attributes }) => attributes['tier']).toSorted();
    expect(tiers).toEqual(['gold', 'gold', 'gold', 'other', 'other']);
  });
});
