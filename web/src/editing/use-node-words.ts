import { describeCondition } from '@sluice/shared/condition';
import type { GraphNode } from '@sluice/shared/graph';
import { type AnyManifest, type PortSpec, renderSummary } from '@sluice/shared/node-contract';
import { createContext, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimeZone } from '../access/session.ts';
import { useNameReading } from '../audiences/use-audience-names.ts';
import { type NodeCatalog, portsOf, summaryOf } from '../editor/catalog.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';

/** How nodes, kinds and ports are called on the screen. */
export interface NodeWords {
  titleOf(node: GraphNode | undefined): string;
  kindTitleOf(kind: string): string;
  descriptionOf(kind: string): string;
  /** The one line of the card. */
  summaryOf(node: GraphNode): string;
  /** What is said before the line of a node that is switched off; else nothing. */
  stateOf(node: GraphNode): string;
  portLabelOf(node: GraphNode, port: PortSpec): string;
  /** By id, as edges and counts name it. */
  portNameOf(node: GraphNode | undefined, port: string): string;
}

export const NodeWordsContext = createContext<NodeWords | null>(null);

/** Those of the editor above. */
export function useNodeWords(): NodeWords {
  const words = useContext(NodeWordsContext);
  if (!words) throw new Error('useNodeWords needs an EditorProvider above it');
  return words;
}

/** Those of a catalog, where there is no editor. */
export function useWordsOf(catalog: NodeCatalog): NodeWords {
  const language = useLanguage();
  const timeZone = useTimeZone();
  const names = useNameReading();
  const { t } = useTranslation('canvas');
  return useMemo(() => {
    const textsOf = (kind: string): AnyManifest['texts']['en-US'] | undefined => catalog.find(kind)?.texts[language];
    const kindTitleOf = (kind: string) => textsOf(kind)?.title ?? t('unknownKind', { kind });
    const portLabelOf = (node: GraphNode, port: PortSpec) =>
      port.text ?? textsOf(node.kind)?.ports[port.label ?? ''] ?? port.id;
    return {
      kindTitleOf,
      portLabelOf,
      titleOf: (node) => node?.name ?? (node ? kindTitleOf(node.kind) : ''),
      stateOf: (node) => (node.isDisabled ? t('disabledBefore') : ''),
      descriptionOf: (kind) => textsOf(kind)?.description ?? '',
      summaryOf: (node) => {
        const manifest = catalog.find(node.kind);
        const summary = summaryOf(catalog, node);
        if (!manifest || !summary) return t('unknownKind', { kind: node.kind });
        return renderSummary(manifest, summary, {
          locale: language,
          timeZone,
          describeCondition: (condition, locale) => describeCondition(condition, locale, names),
          audienceName: names.audience,
        });
      },
      portNameOf: (node, id) => {
        const port = node && portsOf(catalog, node).find((candidate) => candidate.id === id);
        return node && port ? portLabelOf(node, port) : id;
      },
    };
  }, [catalog, language, timeZone, names, t]);
}
