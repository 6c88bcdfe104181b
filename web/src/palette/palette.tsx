import { AppstoreAddOutlined, MenuFoldOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input, Tooltip } from 'antd';
import type { AnyManifest, NodeCategory } from '@sluice/shared/node-contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KIND_FORMAT } from '../editing/dragged-kind.ts';
import { useEditor } from '../editing/editor-context.tsx';
import { NodeIcon } from '../editing/node-icon.tsx';
import { searchKinds } from '../editing/search-kinds.ts';
import { useNodeWords } from '../editing/use-node-words.ts';
import styles from './palette.module.css';

const CATEGORIES: readonly NodeCategory[] = ['trigger', 'condition', 'control', 'action'];

interface PaletteProps {
  isOpen: boolean;
  onToggle: () => void;
}

/** The kinds of nodes by category: dragged onto the canvas, or added behind the selected node by a click or Enter. */
export function Palette({ isOpen, onToggle }: PaletteProps) {
  const { t } = useTranslation('palette');
  const editor = useEditor();
  const words = useNodeWords();
  const [text, setText] = useState('');
  const kinds = searchKinds(editor.catalog, words, text);
  if (!isOpen)
    return (
      <div className={styles.strip}>
        <Tooltip title={t('expand')} placement="right">
          <Button type="text" icon={<AppstoreAddOutlined aria-hidden />} aria-label={t('expand')} onClick={onToggle} />
        </Tooltip>
      </div>
    );
  return (
    <aside className={styles.palette} aria-label={t('label')}>
      <div className={styles.search}>
        <Input
          allowClear
          prefix={<SearchOutlined aria-hidden />}
          placeholder={t('search')}
          aria-label={t('search')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onPressEnter={() => kinds[0] && editor.run('add-node', { kind: kinds[0].kind })}
        />
        <Tooltip title={t('collapse')}>
          <Button type="text" icon={<MenuFoldOutlined aria-hidden />} aria-label={t('collapse')} onClick={onToggle} />
        </Tooltip>
      </div>
      <div className={styles.kinds}>
        {CATEGORIES.map((category) => (
          <Category key={category} category={category} kinds={kinds.filter((kind) => kind.category === category)} />
        ))}
        {kinds.length === 0 && <p className={styles.none}>{t('none', { text })}</p>}
      </div>
    </aside>
  );
}

function Category({ category, kinds }: { category: NodeCategory; kinds: readonly AnyManifest[] }) {
  const { t } = useTranslation('canvas');
  if (kinds.length === 0) return null;
  return (
    <section className={styles.category} data-category={category}>
      <h3 className={styles.heading}>{t(`categories.${category}`)}</h3>
      <ul>
        {kinds.map((manifest) => (
          <li key={manifest.kind}>
            <Kind manifest={manifest} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Kind({ manifest }: { manifest: AnyManifest }) {
  const { t } = useTranslation('palette');
  const editor = useEditor();
  const words = useNodeWords();
  const title = words.kindTitleOf(manifest.kind);
  const description = words.descriptionOf(manifest.kind);
  return (
    <Tooltip title={description} placement="right" mouseEnterDelay={0.4}>
      <button
        type="button"
        className={styles.kind}
        draggable
        aria-label={t('add', { title })}
        aria-description={description}
        onDragStart={(event) => {
          event.dataTransfer.setData(KIND_FORMAT, manifest.kind);
          event.dataTransfer.effectAllowed = 'copy';
        }}
        onClick={() => editor.run('add-node', { kind: manifest.kind })}
      >
        <span className={styles.icon}>
          <NodeIcon name={manifest.icon} />
        </span>
        {title}
      </button>
    </Tooltip>
  );
}
