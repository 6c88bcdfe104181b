import { expect, test } from 'vitest';
import { COMMANDS } from './commands/registry.ts';
import { commandFor, type KeyPress, showShortcut } from './shortcut.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

test.each([
  [press('z', { ctrlKey: true }), 'undo'],
  [press('z', { metaKey: true }), 'undo'],
  [press('Z', { ctrlKey: true, shiftKey: true }), 'redo'],
  [press('y', { ctrlKey: true }), 'redo'],
  [press('d', { ctrlKey: true }), 'duplicate'],
  [press('Delete'), 'delete'],
  [press('/'), 'quick-add'],
  [press('?', { shiftKey: true }), 'shortcut-list'],
  [press('ArrowRight'), 'walk-forward'],
  [press('ArrowRight', { shiftKey: true }), 'nudge-right'],
  [press('+', { ctrlKey: true, shiftKey: true }), 'zoom-in'],
  [press('=', { ctrlKey: true }), 'zoom-in'],
  [press('†', { shiftKey: true, altKey: true, code: 'KeyT' }), 'tidy-up'],
  [press('z'), undefined],
  [press('a'), undefined],
])('a key press finds its command (%#)', (event, command) => {
  expect(commandFor(event)).toBe(command);
});

test('no two commands share a shortcut', () => {
  const all = Object.values(COMMANDS).flatMap((command) => ('shortcuts' in command ? (command.shortcuts ?? []) : []));
  expect(new Set(all).size).toBe(all.length);
});

test('[EDIT-4] about forty things have a key', () => {
  expect(Object.values(COMMANDS).filter((command) => 'shortcuts' in command).length).toBeGreaterThanOrEqual(38);
});

test('a shortcut reads as the keyboard labels it', () => {
  expect(showShortcut('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z');
  expect(showShortcut('Mod+Shift+Z', true)).toBe('⌘⇧Z');
  expect(showShortcut('Mod++', false)).toBe('Ctrl++');
});
