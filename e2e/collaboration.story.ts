import { EVERYONE } from '@sluice/shared/condition';
import { api } from '@sluice/shared/http-api';
import { ADMINISTRATOR, ApiClient } from './app/api-client.ts';
import { graphOf } from './app/graph-of.ts';
import { expect, test } from './app/story.ts';
import { openAs } from './pages/entry.ts';
import { FlowEditor } from './pages/flow-editor.ts';

const LIN = { email: 'lin@example.test', name: 'Lin', password: 'another-long-password', role: 'operator' as const };
const GRAPH = graphOf(
  [
    ['start', 'schedule', { when: 'now', audience: EVERYONE }],
    ['mail', 'email', { to: 'email', subject: 'Hello', body: '<mjml><mj-body></mj-body></mjml>' }],
    ['wait', 'delay', { durationMs: 3_600_000 }],
    ['end', 'exit', { reason: '' }],
  ],
  ['start:next>mail', 'mail:next>wait', 'wait:next>end'],
);

test('[EDIT-2] two people edit one draft: they see each other, and nothing either of them wrote is lost', async ({
  app,
  browser,
}) => {
  const client = new ApiClient(app.url);
  await client.setUp(app.setupToken ?? '');
  await client.call(api.access.createAccount, { body: LIN });
  const flow = await client.call(api.flows.createFlow, { body: { name: 'Written by two', graph: GRAPH } });
  const address = `${app.url}/flows/${flow.id}?mode=edit`;
  const ada = await openAs(browser, address, ADMINISTRATOR);
  const lin = await openAs(browser, address, LIN);
  const [adasEditor, linsEditor] = [new FlowEditor(ada), new FlowEditor(lin)];
  for (const { canvas } of [adasEditor, linsEditor]) await expect(canvas.nodes).toHaveCount(4);

  await test.step('each sees the other, and where they are', async () => {
    await linsEditor.canvas.node('Delay').click();
    const face = ada.getByRole('list', { name: 'Also here' }).getByRole('button', { name: 'Lin, at “Delay”' });
    await expect(face).toBeVisible();
    await expect(adasEditor.canvas.node('Delay').getByRole('img', { name: 'Lin' })).toBeVisible();
    await expect(lin.getByRole('list', { name: 'Also here' })).toContainText('A');
  });

  await test.step('edits at different places come together by themselves, and undo takes back only one’s own', async () => {
    await linsEditor.inspector.rename('Let it sink in');
    await linsEditor.expectSaved();
    await adasEditor.canvas.node('E-mail').click();
    await adasEditor.inspector.panel.getByRole('textbox', { name: 'Subject' }).fill('Good morning');
    await adasEditor.expectSaved();
    await expect(adasEditor.canvas.node('Let it sink in')).toBeVisible();
    await expect(linsEditor.canvas.node('E-mail')).toContainText('Good morning');
    await adasEditor.undo();
    await expect(linsEditor.canvas.node('E-mail')).toContainText('Hello');
    await expect(adasEditor.canvas.node('Let it sink in')).toBeVisible();
  });

  await test.step('the same field changed by both is shown in both versions, and both can be kept', async () => {
    await ada.context().setOffline(true);
    await adasEditor.inspector.panel.getByRole('textbox', { name: 'Subject' }).fill('From Ada');
    await linsEditor.canvas.node('E-mail').click();
    await linsEditor.inspector.panel.getByRole('textbox', { name: 'Subject' }).fill('From Lin');
    await linsEditor.expectSaved();
    await ada.context().setOffline(false);
    await ada.getByRole('button', { name: 'Look and choose' }).click();
    const dialog = ada.getByRole('dialog', { name: 'Lin and you changed the same place' });
    const place = dialog.getByRole('region', { name: 'E-mail' });
    await expect(place).toContainText('From Ada');
    await expect(place).toContainText('From Lin');
    await place.getByRole('radio', { name: /^Keep both/ }).click();
    await dialog.getByRole('button', { name: 'Save what I chose' }).click();
    await adasEditor.expectSaved();
    for (const editor of [adasEditor, linsEditor]) {
      await expect(editor.canvas.nodes).toHaveCount(5);
      for (const subject of ['From Ada', 'From Lin'])
        await expect(editor.canvas.nodes.filter({ hasText: subject })).toHaveCount(1);
    }
  });

  await test.step('who closes the page is gone', async () => {
    await lin.context().close();
    await expect(ada.getByRole('list', { name: 'Also here' })).toBeHidden();
  });
});
