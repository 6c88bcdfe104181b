import type { Graph } from '@sluice/shared/graph';
import type { Locale } from '@sluice/shared/model';

/** A flow to start from: it can be published as it is, once the data it names has arrived. */
export interface ReadyFlow {
  /** Its folder. */
  id: string;
  /** Name of an icon known to the web app. */
  icon: string;
  texts: Readonly<Record<Locale, { name: string; description: string }>>;
  /** Messages and node names are in the language of whoever starts from it. */
  graph: Readonly<Record<Locale, Graph>>;
}
