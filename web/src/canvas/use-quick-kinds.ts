import type { AnyManifest } from '@sluice/shared/node-contract';
import { useState } from 'react';
import { useEditor } from '../editing/editor-context.tsx';
import { searchKinds } from '../editing/search-kinds.ts';
import { readChosenKinds } from '../editing/use-chosen-kinds.ts';
import { useNodeWords } from '../editing/use-node-words.ts';

/** Kinds under one heading; what was searched for stands under none. */
export interface KindGroup {
  readonly title?: 'favourites' | 'recent' | 'others';
  readonly kinds: readonly AnyManifest[];
}

/** What is offered for a text: while there is none, the favourites and what was used last stand before all others. */
export function useQuickKinds(text: string, isFit: (manifest: AnyManifest) => boolean): KindGroup[] {
  const editor = useEditor();
  const words = useNodeWords();
  // As they are when the list opens: it closes with the first that is picked.
  const [{ favourites, recent }] = useState(readChosenKinds);
  const kinds = searchKinds(editor.catalog, words, text).filter(isFit);
  if (text.trim() !== '') return [{ kinds }];
  const named = (names: readonly string[]) => names.flatMap((name) => kinds.find(({ kind }) => kind === name) ?? []);
  const first = named(favourites);
  const second = named(recent.filter((kind) => !favourites.includes(kind)));
  const known = new Set([...first, ...second]);
  if (known.size === 0) return [{ kinds }];
  const groups: KindGroup[] = [
    { title: 'favourites', kinds: first },
    { title: 'recent', kinds: second },
    { title: 'others', kinds: kinds.filter((manifest) => !known.has(manifest)) },
  ];
  return groups.filter((group) => group.kinds.length > 0);
}
