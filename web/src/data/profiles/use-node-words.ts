import { api, type RunRecord } from '@sluice/shared/http-api';
import type { NodeCategory } from '@sluice/shared/node-contract';
import { useReply } from '../../http/use-route.ts';
import { useLanguage } from '../../i18n/locale-provider.tsx';
import { nodeKinds } from '../../plans/node-kinds.ts';
import { useNodeKinds } from '../../plans/use-node-kinds.ts';

/** Names of nodes and ports in the version that a run goes through; ids while that version is not known. */
export function useNodeWords(run: Pick<RunRecord, 'flowId' | 'version'>) {
  const language = useLanguage();
  useNodeKinds();
  const versions = useReply(
    api.flows.listVersions,
    { params: { flowId: run.flowId } },
    { staleTime: Number.POSITIVE_INFINITY },
  );
  const graph = versions.data?.items.find(({ version }) => version === run.version)?.graph;
  const find = (id: string) => {
    const node = graph?.nodes.find((node) => node.id === id);
    return { node, manifest: node && nodeKinds.find(node.kind) };
  };
  return {
    nameOf: (id: string): string => {
      const { node, manifest } = find(id);
      return node?.name || manifest?.texts[language].title || id;
    },
    categoryOf: (id: string): NodeCategory | undefined => find(id).manifest?.category,
    portOf: (id: string, portId: string): string => {
      const { node, manifest } = find(id);
      const port = node && manifest?.ports(node.params).find((port) => port.id === portId);
      return port?.text ?? (port?.label && manifest?.texts[language].ports[port.label]) ?? portId;
    },
  };
}
