import { defineCommand, type ViewRequest } from '../command.ts';

const camera = (label: string, shortcuts: readonly string[], kind: Exclude<ViewRequest['kind'], 'reveal'>) =>
  defineCommand({ label, shortcuts, isEdit: false, plan: () => ({ view: { kind } }) });

export const zoomIn = camera('zoom-in', ['Mod+=', 'Mod++'], 'zoom-in');
export const zoomOut = camera('zoom-out', ['Mod+-'], 'zoom-out');
export const actualSize = camera('actual-size', ['Mod+0'], 'actual-size');
export const fit = camera('fit', ['Shift+1'], 'fit');

export const toggleShortcutList = defineCommand({
  label: 'shortcut-list',
  shortcuts: ['?'],
  isEdit: false,
  plan: ({ session }) => ({ session: { isShortcutListOpen: !session.isShortcutListOpen } }),
});

/** The same flow as an indented text, for reading and for screen readers. */
export const toggleOutline = defineCommand({
  label: 'outline',
  shortcuts: ['Mod+Shift+O'],
  isEdit: false,
  plan: ({ session }) => ({ session: { view: session.view === 'outline' ? 'canvas' : 'outline' } }),
});
