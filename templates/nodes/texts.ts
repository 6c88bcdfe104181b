import type { Locale } from '@sluice/shared/model';
import type { NodeTexts } from '@sluice/shared/node-contract';
import { nodeManifests } from './manifests.ts';

/** The words of every kind in one language, by kind. */
export function nodeTexts(locale: Locale): Readonly<Record<string, NodeTexts>> {
  return Object.fromEntries(nodeManifests.map(({ kind, texts }) => [kind, texts[locale]]));
}

/** The texts of all problems that kinds report themselves, by code (`<kind>:<what>`). */
export function nodeProblemTexts(locale: Locale): Readonly<Record<string, string>> {
  return Object.assign({}, ...nodeManifests.map(({ texts }) => texts[locale].problems));
}

/** The texts of all reasons that handlers give, by code (`<kind>:<what>`). */
export function nodeReasonTexts(locale: Locale): Readonly<Record<string, string>> {
  return Object.assign({}, ...nodeManifests.map(({ texts }) => texts[locale].reasons));
}
