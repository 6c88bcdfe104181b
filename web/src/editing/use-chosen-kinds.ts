import { useEffect, useState } from 'react';
import { useEditor } from './editor-context.tsx';

const FAVOURITES = 'sluice.palette.favourites';
const RECENT = 'sluice.palette.recent';
const MOST_RECENT = 5;

/** The kinds that a person marked, and those used last, as they are kept in this browser now. */
export function readChosenKinds(): { favourites: readonly string[]; recent: readonly string[] } {
  return { favourites: read(FAVOURITES), recent: read(RECENT) };
}

/** The same, kept up to date: what is added counts as used, whichever way it was added. */
export function useChosenKinds(): {
  favourites: readonly string[];
  recent: readonly string[];
  toggleFavourite: (kind: string) => void;
} {
  const editor = useEditor();
  const [favourites, setFavourites] = useState(() => read(FAVOURITES));
  const [recent, setRecent] = useState(() => read(RECENT));
  useEffect(
    () =>
      editor.store.subscribe(({ history }, previous) => {
        const entry = history.past.at(-1);
        const isNew = history.past.length > previous.history.past.length && history.future.length === 0;
        const kind = entry?.name.key === 'add-node' ? entry.name.values?.['kind'] : undefined;
        if (!isNew || typeof kind !== 'string') return;
        setRecent((kinds) => keep(RECENT, [kind, ...kinds.filter((one) => one !== kind)].slice(0, MOST_RECENT)));
      }),
    [editor],
  );
  return {
    favourites,
    recent,
    toggleFavourite: (kind) =>
      setFavourites((kinds) =>
        keep(FAVOURITES, kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind]),
      ),
  };
}

function read(key: string): string[] {
  const text = localStorage.getItem(key) ?? '';
  return text === '' ? [] : text.split(' ');
}

function keep(key: string, kinds: string[]): string[] {
  localStorage.setItem(key, kinds.join(' '));
  return kinds;
}
