import { defaultOf, instantiate } from '@sluice/shared/flow-template';
import type { Graph, TemplateOrigin } from '@sluice/shared/graph';
import type { Locale } from '@sluice/shared/model';
import type { ReadyFlow } from '@sluice/templates/flows';
import { manifests } from '@sluice/templates/manifests';

/** What has no default that is right for everybody: the services that are asked. */
export const SERVICE_IDS: Readonly<Record<string, string>> = { risk: 'risk', recommender: 'recommender' };

/** A ready-made flow as somebody makes it who changes nothing, and chooses a service where one is asked for. */
export function instantiateReadyFlow({ id, version, graph }: ReadyFlow, locale: Locale): Graph {
  const { exposed = [] } = graph[locale];
  const open = exposed.filter((param) => defaultOf(param, graph[locale]) === '');
  const answers = Object.fromEntries(open.map(({ id }) => [id, SERVICE_IDS[id]]));
  const origin: TemplateOrigin = { template: id, version, locale, answers };
  return instantiate(graph[locale], origin, manifests);
}
