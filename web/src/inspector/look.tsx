import { type GraphNode, passOf } from '@sluice/shared/graph';
import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { ColourChoice } from '../editing/colour-choice.tsx';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import styles from './inspector.module.css';

/** Whether the node is on, and the colour it was given. A node that cannot be switched off says why. */
export function Look({ node }: { node: GraphNode }) {
  const { t } = useTranslation(['inspector', 'editor']);
  const editor = useEditor();
  const words = useNodeWords();
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  const manifest = editor.catalog.find(node.kind);
  const pass = manifest && passOf(manifest, node.params);
  // Both commands are about what is selected: the node of the form alone, whatever else was.
  const select = () => editor.run('select', { selection: { nodes: [node.id], edges: [] } });
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{t('look.title')}</h3>
      <Checkbox
        checked={node.isDisabled === true}
        disabled={isReadOnly || !pass || (!node.isDisabled && 'refusal' in pass)}
        onChange={() => {
          select();
          editor.run('toggle-disabled');
        }}
      >
        {t('look.disabled')}
      </Checkbox>
      {pass && 'refusal' in pass && <p className={styles.about}>{t(`editor:refused.${pass.refusal}`)}</p>}
      {node.isDisabled && pass && 'port' in pass && (
        <p className={styles.about}>{t('look.passes', { port: words.portNameOf(node, pass.port) })}</p>
      )}
      <ColourChoice
        label={t('look.colour')}
        value={node.colour}
        isDisabled={isReadOnly}
        onChange={(colour) => {
          select();
          editor.run('colour-nodes', { colour });
        }}
      />
    </section>
  );
}
