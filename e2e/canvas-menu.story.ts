import { expect, test } from './app/story.ts';
import { enter } from './pages/entry.ts';
import { FlowEditor } from './pages/flow-editor.ts';
import { KeyboardCanvas } from './pages/keyboard-canvas.ts';
import { Shell } from './pages/shell.ts';

test('the right button offers what can be done, where it can be done', async ({ page, app }) => {
  const editor = new FlowEditor(page);
  const { canvas } = editor;
  const keys = new KeyboardCanvas(page);
  await enter(page, app);
  await new Shell(page).goTo('Flows');
  await editor.createFlow('By the right button');
  for (const kind of ['Schedule', 'Delay', 'Exit']) await keys.add(kind);
  const menu = page.getByRole('menu');

  await test.step('on a card it is about the card', async () => {
    await canvas.node('Delay').click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Duplicate/ }).click();
    await expect(canvas.node('Delay')).toHaveCount(2);
    await expect(menu).toHaveCount(0);
  });

  await test.step('on free ground it puts down a note, which is written at once', async () => {
    const ground = page.locator('.react-flow__pane');
    await ground.click({ button: 'right', position: { x: 120, y: 120 } });
    await page.getByRole('menuitem', { name: /^Add a note/ }).click();
    await expect(page.getByRole('textbox', { name: 'Text of the note' })).toBeFocused();
    await page.keyboard.type('Why we wait');
    await expect(page.getByRole('textbox', { name: 'Text of the note' })).toHaveValue('Why we wait');
  });

  await test.step('the note is copied and pasted like a card, and taken back as one step', async () => {
    const notes = page.getByRole('textbox', { name: 'Text of the note' });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+C');
    await page.keyboard.press('Control+V');
    await expect(notes).toHaveCount(2);
    await expect(notes.last()).toHaveValue('Why we wait');
    await page.keyboard.press('Control+Z');
    await expect(notes).toHaveCount(1);
  });

  await test.step('a drag with it moves the view and offers nothing', async () => {
    const viewport = page.locator('.react-flow__viewport');
    const before = await viewport.getAttribute('style');
    const box = await page.locator('.react-flow__pane').boundingBox();
    if (!box) throw new Error('The canvas is not on the screen');
    await page.mouse.move(box.x + 300, box.y + 100);
    await page.mouse.down({ button: 'right' });
    await page.mouse.move(box.x + 360, box.y + 160, { steps: 4 });
    await page.mouse.up({ button: 'right' });
    await expect(viewport).not.toHaveAttribute('style', before ?? '');
    await expect(menu).toHaveCount(0);
  });

  await test.step('several entries are taken back by name', async () => {
    await page.locator('[data-canvas]').focus();
    await page.getByRole('button', { name: 'Take back several' }).click();
    await page.getByRole('menuitem', { name: 'Duplicate a node' }).click();
    await expect(canvas.node('Delay')).toHaveCount(1);
    await expect(page.getByRole('textbox', { name: 'Text of the note' })).toHaveCount(0);
  });
  await editor.expectSaved();
});
