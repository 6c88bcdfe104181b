import { COMMANDS, type CommandId } from '../editor/commands/registry.ts';
import type { Command } from '../editor/command.ts';
import { showShortcut } from '../editor/shortcut.ts';

const isMac = () => navigator.platform.startsWith('Mac');

/** The first shortcut of a command as this keyboard labels it; empty when there is none. */
export function useShortcutText(id: CommandId): string {
  const command: Command<never> = COMMANDS[id];
  const [shortcut] = command.shortcuts ?? [];
  return shortcut === undefined ? '' : showShortcut(shortcut, isMac());
}

/** All shortcuts of a command, in order. */
export function shortcutTextsOf(id: CommandId): string[] {
  const command: Command<never> = COMMANDS[id];
  return (command.shortcuts ?? []).map((shortcut) => showShortcut(shortcut, isMac()));
}
