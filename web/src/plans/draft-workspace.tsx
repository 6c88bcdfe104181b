import { AimOutlined, HistoryOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { Flow } from '@sluice/shared/http-api';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useHasRole } from '../access/session.ts';
import { ApprovalBanner } from '../approvals/approval-banner.tsx';
import { useAsksForApproval } from '../approvals/use-asks-for-approval.ts';
import { FlowCanvas } from '../canvas/flow-canvas.tsx';
import { EditorProvider, useEditor, useEditorState } from '../editing/editor-context.tsx';
import { PresenceProvider } from '../editing/presence.tsx';
import { useKnowledgeOfProblems, useProblems } from '../editing/problems.tsx';
import { Inspector } from '../inspector/inspector-when-open.tsx';
import { Palette } from '../palette/palette.tsx';
import { UpgradeBanner } from '../templates/upgrade-banner.tsx';
import { Loading } from '../ui/loading.tsx';
import { useIsPhone } from '../ui/use-is-phone.ts';
import { ArchiveMenu } from './archive-menu.tsx';
import { DraftBanners } from './draft-banners.tsx';
import { FlowHeader, type FlowMode } from './flow-header.tsx';
import { HeaderButton } from './header-button.tsx';
import { CheckedFlow } from './checked-flow.tsx';
import { NoticeToast } from './notice-toast.tsx';
import { PauseControl } from './pause-control.tsx';
import { PresenceBar } from './presence-bar.tsx';
import { ProblemsPanel } from './problems-panel.tsx';
import { SaveState } from './save-state.tsx';
import { type RunningAutosave, useDraftEditor } from './use-draft-editor.ts';
import { useNodeKinds } from './use-node-kinds.ts';
import { usePaletteState } from './use-palette-state.ts';
import { useFlowFile } from './use-flow-file.tsx';
import { usePresence } from './use-presence.ts';
import { useViewInAddress, ViewChoice } from './view-choice.tsx';
import styles from './workspace.module.css';

// What opens over the canvas comes when it is opened: the canvas is what one waits for.
const MeasurementDrawer = lazy(async () => ({ default: (await import('./measurement-drawer.tsx')).MeasurementDrawer }));
const PublishDrawer = lazy(async () => ({ default: (await import('./publish-drawer.tsx')).PublishDrawer }));
const ReadyFlowDialog = lazy(async () => ({ default: (await import('./ready-flow-dialog.tsx')).ReadyFlowDialog }));
const FormView = lazy(async () => ({ default: (await import('../form-view/form-view.tsx')).FormView }));
const SaveAsTemplate = lazy(async () => ({
  default: (await import('../templates/save-as-template.tsx')).SaveAsTemplate,
}));
const VersionsDrawer = lazy(async () => ({ default: (await import('./versions-drawer.tsx')).VersionsDrawer }));

export interface DraftWorkspaceProps {
  /** Its state now, for the header. */
  flow: Flow;
  /** The draft at the moment of opening. */
  opened: Flow;
  accountId: string;
  onMode: (mode: FlowMode) => void;
  onShowVersion: (version: number) => void;
}

/** The draft of a flow, being edited. */
export function DraftWorkspace({ flow, opened, accountId, onMode, onShowVersion }: DraftWorkspaceProps) {
  const mayEdit = useHasRole('administrator', 'operator', 'developer');
  const isPhone = useIsPhone();
  // Settled when the draft is opened: turning the phone must not take edits out of its hands.
  const [isReadOnly] = useState(!mayEdit || isPhone);
  const { editor, autosave } = useDraftEditor(opened, accountId, isReadOnly);
  const others = usePresence(opened.id, editor, autosave);
  return (
    <EditorProvider editor={editor}>
      <PresenceProvider value={others}>
        <CheckedFlow>
          <Workspace flow={flow} autosave={autosave} onMode={onMode} onShowVersion={onShowVersion} />
        </CheckedFlow>
      </PresenceProvider>
    </EditorProvider>
  );
}

type Panel = 'publish' | 'versions' | 'measurement' | 'ready-flow' | 'template' | null;

interface WorkspaceProps extends Omit<DraftWorkspaceProps, 'accountId' | 'opened'> {
  autosave: RunningAutosave;
}

function Workspace({ flow, autosave, onMode, onShowVersion }: WorkspaceProps) {
  const { t } = useTranslation(['plans', 'templates', 'approvals']);
  const editor = useEditor();
  const [panel, setPanel] = useState<Panel>(null);
  const [areProblemsShown, setProblemsShown] = useState(false);
  // What is published meanwhile is in the palette at once.
  useNodeKinds();
  const palette = usePaletteState();
  const name = useEditorState(({ document }) => document.name);
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  const isAsking = useAsksForApproval();
  const mayEdit = useHasRole('administrator', 'operator', 'developer');
  const mayWriteTemplates = useHasRole('administrator', 'developer');
  const origin = useEditorState(({ document }) => document.origin);
  const navigate = useNavigate();
  const view = useViewInAddress();
  const close = () => setPanel(null);
  const file = useFlowFile(flow.id);
  const entries = [
    ...(origin
      ? [{ key: 'form', label: t('templates:again.open'), onClick: () => void navigate(`/flows/${flow.id}/form`) }]
      : []),
    ...(mayWriteTemplates && !isReadOnly
      ? [{ key: 'template', label: t('templates:save.open'), onClick: () => setPanel('template') }]
      : []),
    { key: 'export', label: t('page.export'), onClick: file.save },
    ...(isReadOnly ? [] : [{ key: 'import', label: t('page.import'), onClick: file.choose }]),
  ];
  return (
    <div className={styles.workspace}>
      <FlowHeader
        flow={flow}
        name={name}
        mode="edit"
        onMode={onMode}
        {...(!isReadOnly && {
          onRename: (name: string) => editor.run('rename-flow', { name }),
          onRenamed: () => editor.run('end-gesture'),
        })}
        actions={
          <>
            <ViewChoice view={view} />
            <HeaderButton
              icon={<AimOutlined aria-hidden />}
              name={t('page.measurement')}
              onClick={() => setPanel('measurement')}
            />
            <HeaderButton
              icon={<HistoryOutlined aria-hidden />}
              name={t('page.versions')}
              onClick={() => setPanel('versions')}
            />
            <PauseControl flow={flow} />
            <ArchiveMenu flow={flow} entries={entries} />
            {!isReadOnly && (
              // Until it is known which it will be, its room is kept and nothing is offered.
              <Button
                type="primary"
                style={{ visibility: isAsking === undefined ? 'hidden' : 'visible' }}
                onClick={() => setPanel('publish')}
              >
                {t(isAsking ? 'approvals:ask.open' : 'page.publish')}
              </Button>
            )}
          </>
        }
      >
        {isReadOnly ? t(mayEdit ? 'page.onPhone' : 'page.readOnly') : <SaveState autosave={autosave} />}
        <PresenceBar />
      </FlowHeader>
      <DraftBanners autosave={autosave} />
      <ApprovalBanner flow={flow} />
      <UpgradeBanner />
      {view === 'form' ? (
        <div className={styles.surface}>
          <Suspense fallback={<Loading />}>
            <FormView />
          </Suspense>
        </div>
      ) : (
        <div className={styles.surface}>
          {!isReadOnly && <Palette isOpen={palette.isOpen} onToggle={palette.toggle} />}
          <FlowCanvas {...(!isReadOnly && { onUseTemplate: () => setPanel('ready-flow') })} />
          <Inspector />
        </div>
      )}
      {areProblemsShown && <ProblemsPanel onClose={() => setProblemsShown(false)} />}
      <ProblemsBar isOpen={areProblemsShown} onToggle={() => setProblemsShown(!areProblemsShown)} />
      {file.dialog}
      <NoticeToast />
      <Suspense fallback={null}>
        {panel === 'ready-flow' && <ReadyFlowDialog onClose={close} />}
        {panel === 'template' && <SaveAsTemplate flow={flow} autosave={autosave} onClose={close} />}
        {panel === 'measurement' && <MeasurementDrawer isOpen onClose={close} />}
        {panel === 'versions' && (
          <VersionsDrawer
            flowId={flow.id}
            liveVersion={flow.liveVersion}
            isOpen
            onClose={close}
            onShow={onShowVersion}
          />
        )}
        {panel === 'publish' && (
          <PublishDrawer flow={flow} autosave={autosave} isOpen onClose={close} onPublished={onShowVersion} />
        )}
      </Suspense>
    </div>
  );
}

/** How many problems there are; opens their list. */
function ProblemsBar({ isOpen, onToggle }: { isOpen: boolean; onToggle: () => void }) {
  const { t } = useTranslation('plans');
  const problems = useProblems();
  const knowledge = useKnowledgeOfProblems();
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const texts = [
    problems.length > 0 ? t('problems.count', { count: problems.length }) : t(`problems.none.${knowledge}`),
    ...(errors > 0 ? [t('problems.errors', { count: errors })] : []),
  ];
  return (
    <footer className={styles.bar}>
      <button
        type="button"
        className={styles.barButton}
        data-error={errors > 0}
        aria-expanded={isOpen}
        onClick={onToggle}
      >
        {texts.join(' · ')}
      </button>
    </footer>
  );
}
