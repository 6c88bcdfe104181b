import { defineCommand } from '../command.ts';

export const undo = defineCommand({
  shortcuts: ['Mod+Z'],
  isEdit: true,
  isEnabled: ({ history }) => history.past.length > 0,
  plan: () => ({ travel: 'undo' }),
});

export const redo = defineCommand({
  shortcuts: ['Mod+Shift+Z', 'Mod+Y'],
  isEdit: true,
  isEnabled: ({ history }) => history.future.length > 0,
  plan: () => ({ travel: 'redo' }),
});
