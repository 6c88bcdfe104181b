import type { AnyManifest } from '@sluice/shared/node-contract';
import type { NodeCatalog } from '../editor/catalog.ts';
import type { NodeWords } from './use-node-words.ts';

/** Kinds whose title, description or id holds the text; those whose title begins with it first. */
export function searchKinds(catalog: NodeCatalog, words: NodeWords, text: string): readonly AnyManifest[] {
  const wanted = text.trim().toLocaleLowerCase();
  if (wanted === '') return catalog.kinds;
  const rank = ({ kind }: AnyManifest) => {
    const title = words.kindTitleOf(kind).toLocaleLowerCase();
    if (title.startsWith(wanted)) return 0;
    if (title.includes(wanted)) return 1;
    if (kind.includes(wanted)) return 2;
    return words.descriptionOf(kind).toLocaleLowerCase().includes(wanted) ? 3 : 4;
  };
  return catalog.kinds.filter((manifest) => rank(manifest) < 4).toSorted((a, b) => rank(a) - rank(b));
}
