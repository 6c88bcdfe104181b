import type { Graph } from '@sluice/shared/graph';
import type { Assertion } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import type { NodeWords } from '../editing/use-node-words.ts';
import { useFormat } from '../ui/format/use-format.ts';

/** An assertion as a sentence. */
export function useAssertionText(graph: Graph, words: NodeWords): (assertion: Assertion) => string {
  const { t } = useTranslation('sandbox');
  const format = useFormat();
  const nodeOf = (id: string) => graph.nodes.find((node) => node.id === id);
  const titleOf = (id: string) => words.titleOf(nodeOf(id)) || id;
  return (assertion) => {
    switch (assertion.kind) {
      case 'reaches':
      case 'avoids':
        return t(`cases.says.${assertion.kind}`, { node: titleOf(assertion.node) });
      case 'leaves':
        return t('cases.says.leaves', {
          node: titleOf(assertion.node),
          port: words.portNameOf(nodeOf(assertion.node), assertion.port),
        });
      case 'dealt':
        return t('cases.says.dealt', {
          node: titleOf(assertion.node),
          variant: words.portNameOf(nodeOf(assertion.node), assertion.variant),
        });
      case 'receives':
        if (assertion.text === undefined && assertion.node !== undefined)
          return t('cases.says.receives', { text: titleOf(assertion.node) });
        return assertion.text === undefined
          ? t('cases.says.receivesAny')
          : t('cases.says.receives', { text: assertion.text });
      case 'receives-not':
        return assertion.text === undefined
          ? t('cases.says.receivesNone')
          : t('cases.says.receivesNot', { text: assertion.text });
      case 'ends': {
        const end =
          assertion.reason === undefined
            ? t('cases.says.ends')
            : t('cases.says.endsWith', { reason: assertion.reason });
        return assertion.withinMs === undefined
          ? end
          : t('cases.says.within', { end, span: format.duration(assertion.withinMs) });
      }
    }
  };
}
