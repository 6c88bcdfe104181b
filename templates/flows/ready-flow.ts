import type { ExposedPlace, Graph } from '@sluice/shared/graph';
import type { CaseContent } from '@sluice/shared/http-api';
import type { Locale } from '@sluice/shared/model';
import { shopSettings } from './shop-settings.ts';

/** What is said of a ready-made flow before anybody uses it. */
export interface FlowTexts {
  name: string;
  /** What it does, step by step. */
  description: string;
  why: string;
  forWhom: string;
  /** What has to be there or be set before it is published. */
  toSet: string;
}

/** A flow to start from: it can be published as it is, once the data it names has arrived. */
export interface ReadyFlow {
  /** Its folder. */
  id: string;
  /** Of the template; a change of what is in it is a new one, so that flows made from it can be told. */
  version: string;
  /** Name of an icon known to the web app. */
  icon: string;
  texts: Readonly<Record<Locale, FlowTexts>>;
  /** Messages and node names are in the language of whoever starts from it; it says what it asks for. */
  graph: Readonly<Record<Locale, Graph>>;
  /** Dry runs that show what it does, with what must come of them. */
  cases: Readonly<Record<Locale, readonly CaseContent[]>>;
}

interface Words extends FlowTexts {
  /** What the flow asks for, in the order of its form. */
  settings: Readonly<Record<string, { label: string; help?: string }>>;
}

interface ReadyFlowPlan<W extends Words> {
  id: string;
  version: string;
  icon: string;
  words: { 'en-US': NoInfer<W>; 'zh-CN': W };
  draw(words: W, locale: Locale): Graph;
  /** Where each of its settings stands; those of the shop are found by themselves. */
  places: { [K in keyof W['settings']]: readonly ExposedPlace[] };
  cases(words: W): readonly CaseContent[];
}

/** Puts a ready-made flow together in both languages; a setting without a place or without words is a compile error. */
export function defineReadyFlow<W extends Words>(plan: ReadyFlowPlan<W>): ReadyFlow {
  const { id, version, icon, words, draw, places, cases } = plan;
  const drawn = (locale: Locale): Graph => {
    const graph = draw(words[locale], locale);
    const own = Object.entries<readonly ExposedPlace[]>(places).map(([key, at]) => exposedOf(key, at, words));
    return { ...graph, exposed: [...own, ...shopSettings(graph)] };
  };
  const textsOf = ({ name, description, why, forWhom, toSet }: FlowTexts) => ({
    name,
    description,
    why,
    forWhom,
    toSet,
  });
  return {
    id,
    version,
    icon,
    texts: { 'en-US': textsOf(words['en-US']), 'zh-CN': textsOf(words['zh-CN']) },
    graph: { 'en-US': drawn('en-US'), 'zh-CN': drawn('zh-CN') },
    cases: { 'en-US': cases(words['en-US']), 'zh-CN': cases(words['zh-CN']) },
  };
}

function exposedOf(key: string, places: readonly ExposedPlace[], words: { 'en-US': Words; 'zh-CN': Words }) {
  const [en, zh] = [words['en-US'].settings[key], words['zh-CN'].settings[key]];
  if (!en || !zh) throw new Error(`The setting ${key} has no words`);
  return {
    id: key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    places: [...places],
    label: { 'en-US': en.label, 'zh-CN': zh.label },
    ...(en.help && zh.help && { help: { 'en-US': en.help, 'zh-CN': zh.help } }),
  };
}

/** One place in the params of a node. */
export function at(node: string, pointer: string): ExposedPlace {
  return { node, pointer };
}
