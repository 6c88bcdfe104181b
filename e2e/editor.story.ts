import type { Graph } from '@sluice/shared/graph';
import { api } from '@sluice/shared/http-api';
import { graphOf } from './app/graph-of.ts';
import { importSample } from './app/import-sample.ts';
import { createSample, sampleCsv } from './app/sample.ts';
import { expect, test } from './app/story.ts';
import { enter } from './pages/entry.ts';
import { FlowEditor } from './pages/flow-editor.ts';

const EVERYONE = { op: 'all', of: [] } as const;
const PROFILES = 12;

/** A row that nobody needs an address for: whoever is in an audience is marked and is through. */
function markingFlow(value: string): Graph {
  return graphOf(
    [
      ['start', 'schedule', { when: 'now', audience: EVERYONE }],
      ['mark', 'update-attribute', { changes: [{ attribute: 'seen', action: 'set', value }] }],
      ['end', 'exit', { reason: '' }],
    ],
    ['start:next>mark', 'mark:next>end'],
  );
}

test('[EDIT-3] the canvas is worked by the mouse, and carries parts from one flow to another', async ({
  page,
  app,
}) => {
  const editor = new FlowEditor(page);
  const { canvas } = editor;
  const client = await enter(page, app);
  const [flow, other] = await Promise.all(
    ['One', 'Another'].map((name) => client.call(api.flows.createFlow, { body: { name, graph: markingFlow('yes') } })),
  );
  const selected = page.locator('.react-flow__node.selected');
  const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const search = page.getByRole('combobox', { name: 'Search nodes' });
  await page.goto(`${app.url}/flows/${flow?.id ?? ''}`);
  await expect(canvas.nodes).toHaveCount(3);

  await test.step('a kind that is dropped on a connection stands between its ends', async () => {
    await canvas.dropOnEdge('Delay', 'Schedule', 'Update attribute');
    await expect(canvas.edge('Schedule → Delay')).toHaveCount(1);
    await expect(canvas.edge('Delay → Update attribute')).toHaveCount(1);
    await expect(canvas.edge('Schedule → Update attribute')).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(editor.inspector.panel).toBeHidden();
    await canvas.showAll();
  });

  await test.step('the plus of a connection and that of a way out ask what to add there', async () => {
    await canvas.pointAtEdge('Update attribute', 'Exit');
    await page.getByRole('button', { name: 'Add a node between “Update attribute” and “Exit”' }).click();
    await expect(search).toBeFocused();
    await page.keyboard.type('Filter');
    await page.keyboard.press('Enter');
    await expect(canvas.edge('Filter → Exit')).toHaveCount(1);
    await page.getByRole('button', { name: 'Add a node behind “No” of “Filter”' }).click();
    await page.keyboard.type('Exit');
    await page.keyboard.press('Enter');
    await expect(canvas.edge('Filter → Exit')).toHaveCount(2);
    await page.keyboard.press('Escape');
  });

  await test.step('a box selects what it touches, shift adds one more, and a key everything', async () => {
    await canvas.showAll();
    await page.locator('.react-flow__pane').click({ position: { x: 60, y: 640 } });
    await expect(selected).toHaveCount(0);
    await canvas.selectByBox('Schedule', 'Delay');
    await expect(selected).toHaveCount(2);
    await canvas.node('Filter').click({ modifiers: ['Shift'] });
    await expect(selected).toHaveCount(3);
    await page.keyboard.press('Control+a');
    await expect(selected).toHaveCount(6);
  });

  await test.step('keys zoom and fit', async () => {
    const percent = page.getByText(/^\d+ %$/);
    await page.keyboard.press('Control+0');
    await expect(percent).toHaveText('100 %');
    await page.keyboard.press('Control+-');
    await expect(percent).not.toHaveText('100 %');
    await page.keyboard.press('Shift+1');
    await expect(canvas.node('Schedule')).toBeInViewport();
    await expect(canvas.node('Exit').last()).toBeInViewport();
  });

  await test.step('what is copied is pasted into another flow with its connections; other text says why not', async () => {
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    await expect(page.getByText('Copied 6 nodes. Paste here or in another flow.')).toBeVisible();
    await editor.expectSaved();
    await page.goto(`${app.url}/flows/${other?.id ?? ''}`);
    await expect(canvas.nodes).toHaveCount(3);
    await page.locator('[data-canvas]').focus();
    await page.keyboard.press('Control+v');
    await expect(canvas.nodes).toHaveCount(9);
    await expect(canvas.edge('Filter → Exit')).toHaveCount(2);
    await page.keyboard.press('Control+z');
    await expect(canvas.nodes).toHaveCount(3);
    await page.keyboard.press('Control+f');
    await page.keyboard.type('buy milk');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Escape');
    await page.locator('[data-canvas]').focus();
    await page.keyboard.press('Control+v');
    await expect(
      page.getByText('What is on the clipboard is not a part of a flow. Copy nodes or notes from a flow first.'),
    ).toBeVisible();
    await editor.expectSaved();
  });

  for (const width of [1280, 2560])
    await test.step(`at ${width} px whatever one works with is in reach, with a form open, too`, async () => {
      await page.setViewportSize({ width, height: 800 });
      await page.reload();
      await canvas.node('Update attribute').click();
      await expect(editor.inspector.panel).toBeInViewport();
      for (const name of [/^Publish$/, /^Undo/, /^Tidy up/, /^Show the whole flow/, /^Versions$/])
        await expect(page.getByRole('button', { name })).toBeInViewport({ ratio: 0.95 });
      // Parts of a pixel are cut where the drawing is not at 100 %.
      await expect(canvas.node('Update attribute')).toBeInViewport({ ratio: 0.95 });
      await expect(page.getByRole('textbox', { name: 'Name of the flow' })).toHaveValue('Another');
      expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
    });

  await test.step('on a phone it is there to be read, in the colours of the night where those are asked for', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.reload();
    await expect(page.getByText('Read-only here. To edit, open the flow on a wider screen.')).toBeVisible();
    await expect(page.getByRole('complementary', { name: 'Nodes' })).toHaveCount(0);
    await expect(canvas.node('Schedule')).toBeInViewport();
    expect(await canvas.brightness()).toBeLessThan(0.2);
    expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
  });
});

test('[RUN-5] versions are compared on the canvas and rolled back; a number leads to a person and to their way', async ({
  page,
  app,
}) => {
  const editor = new FlowEditor(page);
  const { canvas } = editor;
  const client = await enter(page, app);
  await importSample(client, sampleCsv(createSample(PROFILES)));
  const flow = await client.call(api.flows.createFlow, { body: { name: 'Greeting', graph: markingFlow('yes') } });
  const params = { flowId: flow.id };
  await client.call(api.flows.publishFlow, { params, body: { baseRevision: flow.revision, note: 'First' } });
  const saved = await client.call(api.flows.saveDraft, {
    params,
    body: { name: flow.name, graph: markingFlow('no'), baseRevision: flow.revision },
  });
  await client.call(api.flows.publishFlow, { params, body: { baseRevision: saved.revision, note: 'Second' } });

  await test.step('two versions are one drawing, with what is different marked and listed', async () => {
    await page.goto(`${app.url}/flows/${flow.id}?mode=edit`);
    await page.getByRole('button', { name: 'Versions' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Compare with…' }).first().click();
    await page.getByRole('menuitem', { name: 'Version 1' }).click();
    const comparison = page.getByRole('dialog', { name: 'Version 1 and Version 2 compared' });
    const list = comparison.getByRole('region', { name: 'What is different' });
    await expect(list.getByRole('button', { name: /Update attribute/ })).toContainText('seen = no');
    await expect(comparison.locator('.react-flow__node [data-mark="changed"]').first()).toBeVisible();
    await comparison.getByRole('button', { name: 'Close' }).click();
  });

  await test.step('rolling back publishes the older graph anew', async () => {
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back to it' }).click();
    const dialog = page.getByRole('dialog', { name: 'Roll back to version 1?' });
    await dialog.getByRole('button', { name: 'Roll back' }).click();
    await expect(page.getByText('Live · Version 3')).toBeVisible();
  });

  await test.step('a number opens the people behind it, and each has a way that is drawn', async () => {
    await page.goto(`${app.url}/flows/${flow.id}?mode=live&version=1`);
    await page.getByRole('button', { name: `${PROFILES} entered “Exit”`, exact: true }).click();
    const people = page.getByRole('dialog');
    await expect(people.getByRole('row')).toHaveCount(PROFILES + 1);
    await people.getByRole('button', { name: 'Show on the canvas' }).first().click();
    const way = page.locator('.react-flow__node [data-mark="passed"]');
    await expect(way).toHaveCount(3);
    await expect(canvas.node('Exit').last()).toBeInViewport();
  });
});
