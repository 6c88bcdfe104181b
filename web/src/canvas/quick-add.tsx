import { useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { NodeIcon } from '../editing/node-icon.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { portsOf } from '../editor/catalog.ts';
import { canInsert } from '../editor/commands/add-node.ts';
import { edgeAtPort } from '../editor/edge-index.ts';
import type { FlowDocument } from '../editor/flow-document.ts';
import { NODE_WIDTH, type Point, portOffset } from '../editor/placement.ts';
import type { AddTarget } from '../editor/session.ts';
import styles from './quick-add.module.css';
import { useQuickKinds } from './use-quick-kinds.ts';

/** Room the list needs; it opens where it is wanted, but never outside the canvas. */
const WIDTH = 280;
const HEIGHT = 340;

/** The kinds that may stand at the chosen place, to be found by typing. */
export function QuickAdd() {
  const target = useEditorState(({ session }) => session.quickAdd);
  return target && <QuickAddList key={JSON.stringify(target)} target={target} />;
}

function QuickAddList({ target }: { target: AddTarget }) {
  const { t } = useTranslation('canvas');
  const editor = useEditor();
  const words = useNodeWords();
  const flow = useReactFlow();
  const listId = useId();
  const box = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [index, setIndex] = useState(0);
  const [place, setPlace] = useState<Point | null>(null);
  const { document: flowDocument } = editor.store.getState();
  const isBetween =
    target.at === 'edge' || (target.at === 'port' && edgeAtPort(flowDocument, target.node, target.port) !== undefined);
  const groups = useQuickKinds(
    text,
    ({ kind, category }) =>
      target.at === 'point' || (isBetween ? canInsert(editor.catalog, kind) : category !== 'trigger'),
  );
  const kinds = groups.flatMap((group) => group.kinds);
  const chosen = kinds[Math.min(index, kinds.length - 1)];

  // However it is walked through, what Enter would add is in sight.
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' });
  }, [index]);

  // The place is known only once the box is on the page.
  useEffect(() => {
    const room = box.current?.parentElement?.getBoundingClientRect();
    if (!room) return;
    const wish = pointOf(target, flowDocument, editor.catalog);
    const screen = wish ? flow.flowToScreenPosition(wish) : { x: room.left + room.width / 2, y: room.top + 80 };
    setPlace({
      x: clamp(screen.x - room.left + (wish ? 12 : -WIDTH / 2), room.width - WIDTH),
      y: clamp(screen.y - room.top - 20, room.height - HEIGHT),
    });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the place is chosen once, where the list was asked for
  }, []);

  function pick(kind: string): void {
    // The keyboard goes back to the canvas before the node is revealed, so that it can be put on the node.
    box.current?.closest<HTMLElement>('[data-canvas]')?.focus({ preventScroll: true });
    editor.run('add-node', { kind, target });
  }

  function hear(event: KeyboardEvent): void {
    const last = kinds.length - 1;
    if (event.key === 'ArrowDown') setIndex(index >= last ? 0 : index + 1);
    else if (event.key === 'ArrowUp') setIndex(index <= 0 ? last : index - 1);
    else if (event.key === 'Enter' && chosen) pick(chosen.kind);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function close(): void {
    editor.run('close-quick-add');
    const [node] = editor.store.getState().session.selection.nodes;
    document.querySelector<HTMLElement>(`.react-flow__node[data-id="${node ?? ''}"]`)?.focus({ preventScroll: true });
  }

  return (
    <div
      ref={box}
      role="dialog"
      aria-label={t('quickAdd.title')}
      className={styles.box}
      style={{ left: place?.x ?? 0, top: place?.y ?? 0, visibility: place ? 'visible' : 'hidden' }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) editor.run('close-quick-add');
      }}
    >
      <input
        ref={(input) => {
          if (place) input?.focus({ preventScroll: true });
        }}
        className={styles.search}
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={chosen && `${listId}-${chosen.kind}`}
        aria-label={t('quickAdd.search')}
        placeholder={t('quickAdd.search')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setIndex(0);
        }}
        onKeyDown={hear}
      />
      <ul id={listId} role="listbox" aria-label={t('quickAdd.title')} className={styles.list}>
        {groups.map(({ title, kinds }) => (
          <li key={title ?? 'found'} role="group" aria-label={title && t(`quickAdd.${title}`)}>
            {title && (
              <span aria-hidden className={styles.heading}>
                {t(`quickAdd.${title}`)}
              </span>
            )}
            <ul role="presentation">
              {kinds.map((manifest) => (
                <li
                  key={manifest.kind}
                  id={`${listId}-${manifest.kind}`}
                  role="option"
                  aria-selected={manifest === chosen}
                  className={styles.option}
                  data-category={manifest.category}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => pick(manifest.kind)}
                >
                  <span className={styles.icon}>
                    <NodeIcon name={manifest.icon} />
                  </span>
                  <span className={styles.name}>{words.kindTitleOf(manifest.kind)}</span>
                  <span className={styles.category}>{t(`categories.${manifest.category}`)}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {kinds.length === 0 && <p className={styles.none}>{t('quickAdd.none', { text })}</p>}
    </div>
  );
}

const clamp = (value: number, most: number) => Math.max(8, Math.min(value, most - 8));

function pointOf(target: AddTarget, document: FlowDocument, catalog: Parameters<typeof portsOf>[0]): Point | undefined {
  if (target.at === 'point') return target.point;
  const edge = target.at === 'edge' ? document.edges[target.edge] : undefined;
  const source = document.nodes[target.at === 'port' ? target.node : (edge?.from ?? '')];
  if (!source) return undefined;
  const ports = portsOf(catalog, source);
  const port = target.at === 'port' ? target.port : edge?.port;
  const index = Math.max(
    0,
    ports.findIndex(({ id }) => id === port),
  );
  const out = { x: source.position.x + NODE_WIDTH + 32, y: source.position.y + portOffset(ports, index) };
  const end = edge && document.nodes[edge.to];
  return end ? { x: (out.x + end.position.x) / 2, y: (out.y + end.position.y) / 2 } : out;
}
