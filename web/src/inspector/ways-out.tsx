import type { GraphNode } from '@sluice/shared/graph';
import type { PortSpec } from '@sluice/shared/node-contract';
import { Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { portsOf } from '../editor/catalog.ts';
import { refuseConnection } from '../editor/connection-rules.ts';
import { edgeAtPort } from '../editor/edge-index.ts';
import { nodesInReadingOrder } from '../editor/neighbour.ts';
import styles from './inspector.module.css';

/** Where each way out leads, to be chosen from a list: connecting without a mouse (EDIT-4). */
export function WaysOut({ node }: { node: GraphNode }) {
  const { t } = useTranslation('inspector');
  const { catalog } = useEditor();
  const ports = portsOf(catalog, node);
  if (ports.length === 0) return null;
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{t('ways.title')}</h3>
      {ports.map((port) => (
        <WayOut key={port.id} node={node} port={port} />
      ))}
    </section>
  );
}

function WayOut({ node, port }: { node: GraphNode; port: PortSpec }) {
  const { t } = useTranslation('inspector');
  const id = useId();
  const editor = useEditor();
  const words = useNodeWords();
  const document = useEditorState((state) => state.document);
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  const edge = edgeAtPort(document, node.id, port.id);
  const options = nodesInReadingOrder(document).filter((to) => {
    const refusal = refuseConnection(document, editor.catalog, node.id, port.id, to);
    return refusal === undefined || refusal === 'already';
  });
  return (
    <div className={styles.way}>
      <label htmlFor={id}>{words.portLabelOf(node, port)}</label>
      <Select<string>
        id={id}
        aria-label={t('ways.label', { port: words.portLabelOf(node, port) })}
        allowClear
        placeholder={t('ways.nowhere')}
        disabled={isReadOnly}
        value={edge?.to ?? null}
        options={options.map((to) => ({ value: to, label: words.titleOf(document.nodes[to]) }))}
        onChange={(to) => {
          if (to) editor.run('connect', { from: node.id, port: port.id, to });
          else if (edge) editor.run('disconnect', { edge: edge.id });
        }}
      />
    </div>
  );
}
