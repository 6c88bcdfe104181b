import type { MenuProps } from 'antd';
import { Dropdown } from 'antd';
import { MARK_COLOURS } from '@sluice/shared/graph';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editing/editor-context.tsx';
import { shortcutTextsOf } from '../editing/use-shortcut-text.ts';
import { ALIGNMENTS, type PlainCommandId } from '../editor/commands/registry.ts';
import type { Point } from '../editor/placement.ts';
import '../editing/mark-colours.css';
import styles from './canvas-menu.module.css';

type Items = NonNullable<MenuProps['items']>;

/** What was asked about: the selected nodes, the selected notes, the selected connection, or a place on free ground. */
export type MenuSubject = 'nodes' | 'notes' | 'edge' | 'ground';

export interface OpenMenu {
  readonly subject: MenuSubject;
  /** Within the surface, in pixels of the screen. */
  readonly at: Point;
  /** The same place on the canvas. */
  readonly place: Point;
}

const LINE = { type: 'divider' } as const;

/** What can be done with what lies under the pointer, each with its key: the menu of the right button and of the menu key. */
export function CanvasMenu({ menu, onClose }: { menu: OpenMenu; onClose: () => void }) {
  const { t } = useTranslation(['canvas', 'editor']);
  const editor = useEditor();
  const { session, document: flow } = editor.store.getState();
  const { nodes, notes } = session.selection;

  const run = (act: () => unknown) => {
    onClose();
    // What a command opens or reveals takes the keyboard from the canvas, and from nowhere else.
    window.document.querySelector<HTMLElement>('[data-canvas]')?.focus({ preventScroll: true });
    act();
  };
  const item = (command: PlainCommandId, label?: string, act: () => unknown = () => editor.run(command)) => ({
    key: command,
    label: label ?? t(`editor:commands.${command}`),
    extra: shortcutTextsOf(command)[0],
    disabled: !editor.isEnabled(command),
    danger: command === 'delete',
    onClick: () => run(act),
  });
  const isOff = nodes.length > 0 && nodes.every((id) => flow.nodes[id]?.isDisabled);

  const copying = () => [
    item('cut', undefined, () => toSystem(editor.run('cut'))),
    item('copy', undefined, () => toSystem(editor.run('copy'))),
    item('duplicate'),
  ];
  const colouring = () => ({
    key: 'colour',
    label: t('editor:commands.colour-nodes'),
    children: [undefined, ...MARK_COLOURS].map((colour) => ({
      key: `colour/${colour ?? 'none'}`,
      label: (
        <span className={styles.colour} data-colour={colour}>
          {t(`canvas:colours.${colour ?? 'none'}`)}
        </span>
      ),
      onClick: () => run(() => editor.run('colour-nodes', { colour })),
    })),
  });

  const subjects: Record<MenuSubject, () => Items> = {
    nodes: () => [
      ...(nodes.length === 1
        ? [
            item('inspect', t('canvas:menu.settings'), () => editor.run('inspect', { node: nodes[0] ?? '' })),
            item('quick-add', t('canvas:menu.addBehind')),
            LINE,
          ]
        : []),
      ...copying(),
      LINE,
      item('toggle-disabled', t(isOff ? 'canvas:menu.on' : 'canvas:menu.off')),
      colouring(),
      item('frame-nodes'),
      ...(nodes.length > 1
        ? [{ key: 'arrange', label: t('editor:groups.arrange'), children: ALIGNMENTS.map((one) => item(one)) }]
        : []),
      { key: 'select', label: t('canvas:menu.select'), children: [item('select-onward'), item('select-back')] },
      LINE,
      item('delete'),
    ],
    notes: () => [
      ...(nodes.length === 0 && notes.length === 1 ? [item('inspect', t('canvas:menu.write')), LINE] : []),
      ...copying(),
      LINE,
      colouring(),
      LINE,
      item('delete'),
    ],
    edge: () => [item('quick-add', t('canvas:menu.addBetween')), LINE, item('delete', t('editor:commands.disconnect'))],
    ground: () => [
      item('quick-add', undefined, () => editor.run('quick-add', { target: { at: 'point', point: menu.place } })),
      item('paste', undefined, () => void paste()),
      item('add-note', undefined, () => editor.run('add-note', { at: menu.place })),
      LINE,
      item('select-all'),
      item('tidy-up'),
      item('fit'),
      item('find'),
      LINE,
      item('shortcut-list'),
    ],
  };

  /** What was copied here stands in the editor too, for where the browser keeps its clipboard closed. */
  function toSystem(isCopied: boolean): void {
    const text = editor.store.getState().session.clipboard;
    if (isCopied && text !== null) void navigator.clipboard?.writeText(text).catch(() => undefined);
  }

  async function paste(): Promise<void> {
    const text = await navigator.clipboard?.readText().catch(() => undefined);
    editor.run('paste', { at: menu.place, ...(text !== undefined && { text }) });
  }

  return (
    <Dropdown
      open
      autoFocus
      trigger={['click']}
      menu={{ items: subjects[menu.subject](), className: styles.menu ?? '' }}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <span className={styles.anchor} style={{ left: menu.at.x, top: menu.at.y }} />
    </Dropdown>
  );
}
