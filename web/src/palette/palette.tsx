import { AppstoreAddOutlined, MenuFoldOutlined, SearchOutlined, StarFilled, StarOutlined } from '@ant-design/icons';
import { Button, Input, Tooltip } from 'antd';
import type { AnyManifest, NodeCategory } from '@sluice/shared/node-contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KIND_FORMAT } from '../editing/dragged-kind.ts';
import { useEditor } from '../editing/editor-context.tsx';
import { NodeIcon } from '../editing/node-icon.tsx';
import { searchKinds } from '../editing/search-kinds.ts';
import { useChosenKinds } from '../editing/use-chosen-kinds.ts';
import { useNodeWords } from '../editing/use-node-words.ts';
import styles from './palette.module.css';

const CATEGORIES: readonly NodeCategory[] = ['trigger', 'condition', 'control', 'action'];

interface PaletteProps {
  isOpen: boolean;
  onToggle: () => void;
}

/** The kinds of nodes by category: dragged onto the canvas, or added behind the selected node by a click or Enter. */
export function Palette({ isOpen, onToggle }: PaletteProps) {
  const { t } = useTranslation(['palette', 'canvas']);
  const editor = useEditor();
  const words = useNodeWords();
  const [text, setText] = useState('');
  const { favourites, recent, toggleFavourite } = useChosenKinds();
  const kinds = searchKinds(editor.catalog, words, text);
  const marking = { favourites, onFavour: toggleFavourite };
  const manifestsOf = (names: readonly string[]) => names.flatMap((kind) => editor.catalog.find(kind) ?? []);
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
        {text.trim() === '' && (
          <>
            <Section title={t('favourites')} kinds={manifestsOf(favourites)} {...marking} />
            <Section title={t('recent')} kinds={manifestsOf(recent)} {...marking} />
          </>
        )}
        {CATEGORIES.map((category) => (
          <Section
            key={category}
            title={t(`canvas:categories.${category}`)}
            kinds={kinds.filter((kind) => kind.category === category)}
            {...marking}
          />
        ))}
        {kinds.length === 0 && <p className={styles.none}>{t('none', { text })}</p>}
      </div>
    </aside>
  );
}

interface SectionProps {
  title: string;
  kinds: readonly AnyManifest[];
  favourites: readonly string[];
  onFavour: (kind: string) => void;
}

function Section({ title, kinds, favourites, onFavour }: SectionProps) {
  if (kinds.length === 0) return null;
  return (
    <section className={styles.category}>
      <h3 className={styles.heading}>{title}</h3>
      <ul>
        {kinds.map((manifest) => (
          <li key={manifest.kind} className={styles.entry} data-category={manifest.category}>
            <Kind manifest={manifest} />
            <Star
              kind={manifest.kind}
              isFavourite={favourites.includes(manifest.kind)}
              onToggle={() => onFavour(manifest.kind)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Star({ kind, isFavourite, onToggle }: { kind: string; isFavourite: boolean; onToggle: () => void }) {
  const { t } = useTranslation('palette');
  const title = useNodeWords().kindTitleOf(kind);
  return (
    <button
      type="button"
      className={styles.star}
      aria-pressed={isFavourite}
      aria-label={isFavourite ? t('unfavour', { title }) : t('favour', { title })}
      onClick={onToggle}
    >
      {isFavourite ? <StarFilled aria-hidden /> : <StarOutlined aria-hidden />}
    </button>
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
