import type { GraphNode } from '@sluice/shared/graph';
import { carryParams, isBreaking, readTemplateKind } from '@sluice/shared/node-template';
import { Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { type KindUpgrade, portsOf } from '../editor/catalog.ts';
import { edgesFrom } from '../editor/edge-index.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { type Named, useTemplateWords } from '../node-templates/use-template-words.ts';
import styles from './inspector.module.css';

/** Which version of a published kind the node has, and the way to a newer one. */
export function KindVersion({ node }: { node: GraphNode }) {
  const { t } = useTranslation('nodeTemplates');
  const editor = useEditor();
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  const kind = readTemplateKind(node.kind);
  if (!kind) return null;
  const upgrade = editor.catalog.upgradeOf?.(node.kind);
  return (
    <section className={styles.section}>
      <p className={styles.about}>{t('upgrade.on', { version: kind.version })}</p>
      {upgrade && !isReadOnly && <Upgrade node={node} upgrade={upgrade} />}
    </section>
  );
}

/** Everything that will be another thing, before it is. */
function Upgrade({ node, upgrade }: { node: GraphNode; upgrade: KindUpgrade }) {
  const { t } = useTranslation('nodeTemplates');
  const editor = useEditor();
  const language = useLanguage();
  const words = useTemplateWords();
  const document = useEditorState((state) => state.document);
  const [before, after] = [editor.catalog.find(node.kind), editor.catalog.find(upgrade.kind)];
  if (!before || !after) return null;
  const { params, lost } = carryParams(node.params, after);
  const ports = portsOf(editor.catalog, { ...node, kind: upgrade.kind, params }).map(({ id }) => id);
  const edges = edgesFrom(document, node.id).filter(({ port }) => !ports.includes(port)).length;
  const old: Named = before.texts[language];
  const young: Named = after.texts[language];
  // What is gone stands among the changes.
  const labels = lost.flatMap((name) => young.params[name]?.label ?? []);
  return (
    <>
      <h3 className={styles.heading}>{t('upgrade.there', { version: upgrade.to })}</h3>
      {upgrade.news[language] && <p className={styles.about}>{upgrade.news[language]}</p>}
      <ul className={styles.problems}>
        {upgrade.changes.map((change) => (
          <li key={JSON.stringify(change)}>
            {words.change(change, old, young)} {isBreaking(change) && <Tag>{t('breaking')}</Tag>}
          </li>
        ))}
        {labels.length > 0 && <li>{t('upgrade.lost', { names: labels.join(' · ') })}</li>}
        {edges > 0 && <li>{t('upgrade.edges', { count: edges })}</li>}
      </ul>
      <Button onClick={() => editor.run('upgrade-node', { node: node.id })}>
        {t('upgrade.button', { version: upgrade.to })}
      </Button>
    </>
  );
}
