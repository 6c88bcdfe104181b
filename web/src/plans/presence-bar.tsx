import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { Face, useFaceName, useOthers } from '../editing/presence.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import styles from './presence-bar.module.css';

const MOST_FACES = 4;

/** Who else has the draft open; a click goes to where they are. */
export function PresenceBar() {
  const { t } = useTranslation('editor');
  const others = useOthers();
  const editor = useEditor();
  const words = useNodeWords();
  const nameOf = useFaceName();
  const nodes = useEditorState(({ document }) => document.nodes);
  if (others.length === 0) return null;
  const rest = others.slice(MOST_FACES);
  return (
    <ul className={styles.bar} aria-label={t('presence.title')}>
      {others.slice(0, MOST_FACES).map((other) => {
        const node = nodes[other.node ?? ''];
        const text = node ? t('presence.at', { name: nameOf(other), node: words.titleOf(node) }) : nameOf(other);
        return (
          <li key={other.visit}>
            <button
              type="button"
              className={styles.person}
              disabled={!node}
              aria-label={text}
              title={text}
              onClick={() => node && editor.run('reveal', { node: node.id })}
            >
              <Face other={other} />
            </button>
          </li>
        );
      })}
      {rest.length > 0 && <li title={rest.map(nameOf).join(', ')}>+{rest.length}</li>}
    </ul>
  );
}
