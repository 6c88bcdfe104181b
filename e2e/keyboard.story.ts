import { ADMINISTRATOR } from './app/api-client.ts';
import { expect, test } from './app/story.ts';
import { enter, signIn } from './pages/entry.ts';
import { FlowEditor } from './pages/flow-editor.ts';
import { KeyboardCanvas } from './pages/keyboard-canvas.ts';
import { Shell } from './pages/shell.ts';

test('the canvas is worked by the keyboard alone', async ({ page, app }) => {
  const editor = new FlowEditor(page);
  const { canvas } = editor;
  const keys = new KeyboardCanvas(page);
  await enter(page, app);
  await new Shell(page).goTo('Flows');
  await editor.createFlow('By keyboard');

  await test.step('slash adds a node behind the chosen one', async () => {
    for (const kind of ['Schedule', 'Delay', 'Update', 'Exit']) await keys.add(kind);
    await expect(canvas.nodes).toHaveCount(4);
    await expect(canvas.edges).toHaveCount(3);
    await keys.expectFocusOn('Exit');
  });

  await test.step('arrows walk along the connections, and the focus can be seen', async () => {
    await keys.press('ArrowLeft');
    await keys.expectFocusOn('Update attribute');
    await keys.press('ArrowLeft');
    await keys.expectFocusOn('Delay');
    await keys.press('ArrowRight');
    await keys.expectFocusOn('Update attribute');
    expect(await keys.hasFocusRing()).toBe(true);
  });

  await test.step('Enter opens the settings, Escape goes back to the node', async () => {
    await keys.press('Enter');
    await expect(editor.inspector.panel.getByLabel('Name on the canvas')).toBeFocused();
    await page.keyboard.type('Note it');
    await keys.press('Escape');
    await expect(editor.inspector.panel).toBeHidden();
    await keys.expectFocusOn('Note it');
  });

  await test.step('Delete heals the connection, undo and redo travel', async () => {
    const healed = 'Delay → Exit';
    await keys.press('Delete');
    await expect(canvas.nodes).toHaveCount(3);
    await expect(canvas.edge(healed)).toHaveCount(1);
    await keys.press('Control+z');
    await expect(canvas.node('Note it')).toBeVisible();
    await expect(canvas.edge(healed)).toHaveCount(0);
    await keys.press('Control+Shift+z');
    await expect(canvas.node('Note it')).toBeHidden();
    await expect(canvas.edge(healed)).toHaveCount(1);
  });

  await test.step('the same flow reads as text, in order', async () => {
    await keys.press('Control+Shift+o');
    const text = page.getByRole('region', { name: 'The flow as text' });
    await expect(text.locator('[data-outline-line]')).toHaveText([/^Schedule/, /^Delay/, /^Exit/]);
    await keys.press('Control+Shift+o');
    await expect(canvas.nodes).toHaveCount(3);
  });
  await editor.expectSaved();
});

test('the product speaks Chinese, and lets one out and in again', async ({ page, app }) => {
  const shell = new Shell(page);
  await enter(page, app);
  await shell.goTo('Flows');
  await shell.chooseLanguage('Language', '中文');
  await expect(page.getByRole('heading', { level: 1, name: '运营方案' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: '运营方案' })).toBeVisible();
  await shell.chooseLanguage('语言', 'English');
  await expect(page.getByRole('heading', { level: 1, name: 'Flows' })).toBeVisible();

  await shell.signOut(ADMINISTRATOR.name, 'Sign out');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.goto(`${app.url}/data/profiles`);
  await signIn(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Profiles' })).toBeVisible();
});
