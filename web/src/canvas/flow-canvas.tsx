import { ReactFlowProvider } from '@xyflow/react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditorState } from '../editing/editor-context.tsx';
import { CanvasTools, ZoomTools } from './canvas-tools.tsx';
import { EmptyCanvas } from './empty-canvas.tsx';
import styles from './flow-canvas.module.css';
import { FindBox } from './find-box.tsx';
import { OutlineView } from './outline-view.tsx';
import { QuickAdd } from './quick-add.tsx';
import { ShortcutList } from './shortcut-list.tsx';
import { Surface } from './surface.tsx';
import { useClipboard } from './use-clipboard.ts';
import { useShortcuts } from './use-shortcuts.ts';

/** The working surface of a flow: drawn, or read as text, with everything one does to it. */
export function FlowCanvas({ onUseTemplate }: { onUseTemplate?: (() => void) | undefined }) {
  return (
    <ReactFlowProvider>
      <Workspace onUseTemplate={onUseTemplate} />
    </ReactFlowProvider>
  );
}

function Workspace({ onUseTemplate }: { onUseTemplate?: (() => void) | undefined }) {
  const { t } = useTranslation('canvas');
  const isOutline = useEditorState(({ session }) => session.view === 'outline');
  useShortcuts();
  const canvas = useRef<HTMLDivElement>(null);
  useClipboard(canvas);
  return (
    <div ref={canvas} className={styles.canvas} data-canvas tabIndex={-1} aria-description={t('help')}>
      {isOutline ? (
        <OutlineView />
      ) : (
        <Surface>
          <ZoomTools />
        </Surface>
      )}
      <CanvasTools />
      <EmptyCanvas onUseTemplate={onUseTemplate} />
      <QuickAdd />
      <FindBox />
      <ShortcutList />
    </div>
  );
}
