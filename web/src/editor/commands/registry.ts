import type { Command } from '../command.ts';
import * as adding from './add-node.ts';
import * as arranging from './arrange.ts';
import * as clipboard from './clipboard.ts';
import * as connecting from './connect.ts';
import { deleteSelection } from './delete.ts';
import * as flow from './edit-flow.ts';
import * as node from './edit-node.ts';
import * as look from './look.ts';
import * as mark from './mark.ts';
import * as move from './move.ts';
import * as note from './note.ts';
import * as selecting from './select.ts';
import { tidyUp } from './tidy-up.ts';
import * as travel from './travel.ts';
import { upgradeNode } from './upgrade-node.ts';

/** Every command of the editor by its id. */
export const COMMANDS = {
  undo: travel.undo,
  redo: travel.redo,
  copy: clipboard.copy,
  cut: clipboard.cut,
  paste: clipboard.paste,
  duplicate: clipboard.duplicate,
  delete: deleteSelection,
  'quick-add': adding.openQuickAdd,
  'close-quick-add': adding.closeQuickAdd,
  'add-node': adding.addNode,
  connect: connecting.connect,
  disconnect: connecting.disconnect,
  move: move.moveParts,
  'nudge-left': move.nudgeLeft,
  'nudge-right': move.nudgeRight,
  'nudge-up': move.nudgeUp,
  'nudge-down': move.nudgeDown,
  'end-gesture': move.endGesture,
  'tidy-up': tidyUp,
  'align-left': arranging.alignLeft,
  'align-right': arranging.alignRight,
  'align-top': arranging.alignTop,
  'align-bottom': arranging.alignBottom,
  'distribute-across': arranging.distributeAcross,
  'distribute-down': arranging.distributeDown,
  'set-param': node.setParam,
  'replace-node': node.replaceNode,
  'rename-node': node.renameNode,
  'upgrade-node': upgradeNode,
  'toggle-disabled': mark.toggleDisabled,
  'colour-nodes': mark.colourNodes,
  'add-note': note.addNote,
  'frame-nodes': note.frameNodes,
  'edit-note': note.editNote,
  'resize-note': note.resizeNote,
  'select-note': selecting.selectNote,
  'delete-note': note.deleteNote,
  'rename-flow': flow.renameFlow,
  'set-measurement': flow.setMeasurement,
  'set-exposed': flow.setExposed,
  'replace-document': flow.replaceDocument,
  select: selecting.select,
  reveal: selecting.reveal,
  'select-all': selecting.selectAll,
  'select-onward': selecting.selectOnward,
  'select-back': selecting.selectBack,
  dismiss: selecting.dismiss,
  inspect: selecting.inspect,
  'walk-forward': selecting.walkForward,
  'walk-back': selecting.walkBack,
  'walk-up': selecting.walkUp,
  'walk-down': selecting.walkDown,
  'zoom-in': look.zoomIn,
  'zoom-out': look.zoomOut,
  'actual-size': look.actualSize,
  begin: look.begin,
  fit: look.fit,
  find: look.openFind,
  'close-find': look.closeFind,
  outline: look.toggleOutline,
  'show-view': look.showView,
  'shortcut-list': look.toggleShortcutList,
} satisfies Record<string, Command<never>>;

export type CommandId = keyof typeof COMMANDS;
export type ArgsOf<Id extends CommandId> = (typeof COMMANDS)[Id] extends Command<infer Args> ? Args : never;

/** Commands that run without arguments: what a menu or a shortcut can start. */
export type PlainCommandId = {
  [Id in CommandId]: undefined extends ArgsOf<Id> ? Id : ArgsOf<Id> extends void ? Id : never;
}[CommandId];

/** Brings selected nodes into line with each other, in the order in which they are offered. */
export const ALIGNMENTS = [
  'align-left',
  'align-right',
  'align-top',
  'align-bottom',
  'distribute-across',
  'distribute-down',
] as const satisfies readonly PlainCommandId[];
