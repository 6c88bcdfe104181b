import { defineCommand, type ViewRequest } from '../command.ts';

const camera = (shortcuts: readonly string[], kind: Exclude<ViewRequest['kind'], 'reveal' | 'show'>) =>
  defineCommand({ shortcuts, isEdit: false, plan: () => ({ view: { kind } }) });

export const zoomIn = camera(['Mod+=', 'Mod++'], 'zoom-in');
export const zoomOut = camera(['Mod+-'], 'zoom-out');
export const actualSize = camera(['Mod+0'], 'actual-size');
export const fit = camera(['Shift+1'], 'fit');
/** Where reading begins: the whole flow, or its triggers where the whole could not be read. */
export const begin = camera(['Home'], 'begin');

export const openFind = defineCommand({
  shortcuts: ['Mod+F'],
  isEdit: false,
  plan: () => ({ session: { isFindOpen: true } }),
});

export const closeFind = defineCommand({ isEdit: false, plan: () => ({ session: { isFindOpen: false } }) });

export const toggleShortcutList = defineCommand({
  shortcuts: ['?'],
  isEdit: false,
  plan: ({ session }) => ({ session: { isShortcutListOpen: !session.isShortcutListOpen } }),
});

/** The same flow as an indented text, for reading and for screen readers. */
export const toggleOutline = defineCommand({
  shortcuts: ['Mod+Shift+O'],
  isEdit: false,
  plan: ({ session }) => ({ session: { view: session.view === 'outline' ? 'canvas' : 'outline' } }),
});

/** One of the ways to look at the flow. */
export const showView = defineCommand<{ view: 'canvas' | 'outline' | 'form' }>({
  isEdit: false,
  plan: ({ session }, { view }) => (session.view === view ? undefined : { session: { view } }),
});
