import { expect, test } from './app/story.ts';
import { choose } from './pages/choice.ts';
import { enter } from './pages/entry.ts';
import { FlowEditor } from './pages/flow-editor.ts';
import { Shell } from './pages/shell.ts';

test('[FORM-1] a flow begun in the form is the same flow on the canvas, and until it branches the form shows it again', async ({
  page,
  app,
}) => {
  const editor = new FlowEditor(page);
  const { canvas } = editor;
  const form = page.getByRole('region', { name: 'The flow as a form' });
  const strategy = form.getByRole('region', { name: 'What is done' });
  // The exit at the end stays.
  const removable = strategy.getByRole('button', { name: /^Remove “/, disabled: false });
  await enter(page, app);
  await new Shell(page).goTo('Flows');

  await test.step('four parts: when, whom, what is done, what counts', async () => {
    await page.getByRole('button', { name: 'New flow' }).click();
    const dialog = page.getByRole('dialog', { name: 'New flow' });
    await dialog.getByLabel('Name').fill('By form');
    await dialog.getByRole('radio', { name: /^A form/ }).check();
    await dialog.getByRole('button', { name: 'Create the flow' }).click();
    await form.getByRole('button', { name: 'Begin' }).click();
    await choose(form.getByRole('combobox', { name: 'How it begins' }), 'Event');
    await addStep('Delay');
    await addStep('Update attribute');
    await expect(removable).toHaveCount(2);
    await editor.expectSaved();
  });

  await test.step('the canvas draws it, and what is changed there is in the form', async () => {
    await editor.showView('Canvas');
    await expect(canvas.nodes).toHaveCount(4);
    await expect(canvas.edge('Event → Delay')).toHaveCount(1);
    await expect(canvas.edge('Delay → Update attribute')).toHaveCount(1);
    await canvas.node('Delay').click();
    await editor.inspector.rename('Let it sink in');
    await editor.showView('Form');
    await expect(strategy.getByRole('button', { name: 'Remove “Let it sink in”' })).toBeVisible();
  });

  await test.step('one undo goes back through both', async () => {
    await strategy.getByRole('button', { name: 'Remove “Update attribute”' }).click();
    await expect(removable).toHaveCount(1);
    await editor.undo();
    await expect(removable).toHaveCount(2);
    await editor.expectSaved();
    await page.reload();
    await expect(strategy.getByRole('button', { name: 'Remove “Let it sink in”' })).toBeVisible();
  });

  async function addStep(kind: string): Promise<void> {
    await strategy
      .getByRole('button', { name: 'Add a step' })
      .nth(await removable.count())
      .click();
    await page.getByRole('menuitem', { name: kind }).click();
  }
});
