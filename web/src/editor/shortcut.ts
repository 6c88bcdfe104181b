import { COMMANDS, type PlainCommandId } from './commands/registry.ts';
import type { Command } from './command.ts';

/** The part of a keyboard event that shortcuts look at. */
export interface KeyPress {
  readonly key: string;
  readonly code?: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

function matches(shortcut: string, press: KeyPress): boolean {
  // "Mod++" is ctrl and the plus key, hence the look-ahead: a plus splits only when something follows it.
  const parts = shortcut.split(/\+(?=.)/);
  const key = parts.pop() ?? '';
  const isMod = press.ctrlKey || press.metaKey;
  if (isMod !== parts.includes('Mod') || press.altKey !== parts.includes('Alt')) return false;
  // A sign such as "?" already says whether shift is needed, and that differs between keyboards.
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key);
  if (!isSign && press.shiftKey !== parts.includes('Shift')) return false;
  // With alt or shift held, some systems report another letter; the physical key does not change.
  return (
    press.key.toLowerCase() === key.toLowerCase() || (key.length === 1 && press.code === `Key${key.toUpperCase()}`)
  );
}

/** The command a key press means, if any. */
export function commandFor(press: KeyPress): PlainCommandId | undefined {
  const entries = Object.entries(COMMANDS) as [PlainCommandId, Command<never>][];
  return entries.find(([, command]) => command.shortcuts?.some((shortcut) => matches(shortcut, press)))?.[0];
}

/** A shortcut as this keyboard labels it. */
export function showShortcut(shortcut: string, isMac: boolean): string {
  const signs: Record<string, string> = {
    Mod: isMac ? '⌘' : 'Ctrl',
    Shift: isMac ? '⇧' : 'Shift',
    Alt: isMac ? '⌥' : 'Alt',
    ArrowLeft: '←',
    ArrowRight: '→',
    ArrowUp: '↑',
    ArrowDown: '↓',
    Escape: 'Esc',
  };
  return shortcut
    .split(/\+(?=.)/)
    .map((part) => signs[part] ?? part)
    .join(isMac ? '' : '+');
}
