import type { Rolldown } from 'vite';

/** Modules whose path holds one of these patterns. */
const any = (...patterns: string[]) => new RegExp(patterns.join('|'));
const icons = (...names: string[]) => `/(asn|icons)/(${names.join('|')})(Outlined|Filled)[.]`;

/** What whoever is signed in loads, whatever the page. */
const FRAME = any(
  icons('Api', 'Apartment', 'Appstore', 'Audit', 'Block', 'Check', 'CheckCircle', 'Close', 'CloseCircle'),
  icons('CloudServer', 'CloudUpload', 'Contacts', 'ExclamationCircle', 'Experiment', 'InfoCircle', 'Key', 'Mail'),
  icons('FileProtect', 'MenuFold', 'Search', 'Table', 'Team', 'User', 'Warning'),
  '@rc-component/(tooltip|trigger)/',
  'antd/es/(tooltip|alert)/',
  'antd/es/_util/(motion|placements|colors|zindexContext|ContextIsolator|hooks/useZIndex)[.]',
  'antd/es/style/(roundedArrow|placementArrow|motion/(motion|fade|zoom))[.]',
  'web/src/ui/(page|section|link-button|figure-row|plain-table|scroll-area|share|load-ahead|use-is-phone)[.]',
  'web/src/ui/(format/|error-panel[.]|use-error-text[.])',
  'shared/src/errors/(texts/|word-error)',
  'web/src/(shell/(brand-mark|pages)|access/session|approvals/use-waiting-approvals)[.]',
);

/** What nearly every page with a field has. */
const FIELDS = any(
  icons('Eye', 'EyeInvisible', 'Down'),
  '@rc-component/(input|textarea|checkbox)/',
  '@rc-component/form/es/(FieldContext|utils/(typeUtil|messages|valueUtil|asyncUtil|NameMap))[.]',
  '@rc-component/form/es/hooks/(useNotifyWatch|useForm)[.]',
  '@rc-component/util/es/(KeyCode|mergeProps|Dom/focus)[.]',
  'node_modules/(compute-scroll-into-view|scroll-into-view-if-needed)/',
  'antd/es/(input/|space/(index|context|Item|Addon|style/)|form/util|form/hooks/(useForm|useVariants)[.])',
  'antd/es/(locale/useLocale|checkbox/useBubbleLock|style/motion/(move|slide|collapse))[.]',
  'antd/es/_util/(PurePanel|statusUtils|gapSize|fallbackProp|hooks/(useAllowClear|useSyncState|useForceUpdate))[.]',
  'web/src/ui/use-now[.]',
);

/** What opens over a page: menus, dialogs, and what stands in them until they are filled. */
const OVERLAYS = any(
  icons('Ellipsis', 'Left', 'Right', 'Up', 'Minus', 'CaretDown', 'Holder', 'QuestionCircle', 'Plus', 'Edit', 'Delete'),
  '@rc-component/(overflow|dropdown|menu|dialog)/',
  '@rc-component/motion/es/(util/diff|CSSMotionList)[.]',
  '@babel/runtime/helpers/esm/extends[.]',
  'antd/es/(radio|menu|dropdown|modal|skeleton)/',
  'antd/es/(grid/style|layout/Sider|drawer/useFocusable|watermark/context)',
  'antd/es/_util/(ActionButton|styleChecker|hooks/(useClosable|useMergedMask|usePatchElement))[.]',
  'web/src/ui/status-tag[.]',
);

/** What puts a condition into words. */
const CONDITION_WORDS = any(
  'shared/src/condition/(texts/|glue|date-span|operators|describe-)',
  'shared/src/time/(instant|wall-clock|local-time|date-value)[.]',
);

/** What puts a flow and its nodes into words. */
const FLOW_WORDS = any(
  'node_modules/(croner|cronstrue)/',
  'shared/src/(graph/(texts|describe-|check-params)|model/check-request)',
  'shared/src/(node-contract/|node-template/to-manifest)',
  'shared/src/time/(parse-instant|recurrence|next-occurrence|weekly-hours|describe-|texts/)',
  'templates/nodes/',
  'web/src/(plans/(use-)?node-kinds|editing/(use-node-words|editor-context)|editor/catalog)[.]',
);

/** The editor around the canvas, but for what opens on demand and what other pages compare flows with. */
const EDITOR = any(
  icons('Undo', 'Redo', 'Pause', 'History', 'ArrowLeft', 'FileText', 'AppstoreAdd', 'ArrowsAlt', 'Expand', 'Group'),
  icons('SortAscending', 'UnorderedList'),
  'web/src/editor/(?!compare|diff|flow-document)',
  'web/src/editing/(distinct-titles|problems|colour-choice|command-button|use-entry-name|use-shortcut-text)[.]',
  'web/src/editing/(history-menu|undo-buttons)[.]',
  'web/src/plans/(draft-store-http|use-draft-editor|problems-panel|use-flow-problems|checked-flow|flow-header)[.]',
  'web/src/plans/(header-button|archive-menu|pause-control)[.]',
  'web/src/(inspector/(use-dictionary|inspector-when-open)|approvals/use-asks-for-approval)[.]',
  'web/src/explanation/person-address[.]',
  'shared/src/(graph/disable-node|node-template/carry-params|flow-template/template-version)[.]',
);

type CodeSplitting = Exclude<Rolldown.OutputOptions['codeSplitting'], boolean | undefined>;

/**
 * Parts of the web app that load as one. By itself the bundler makes a chunk of each set of modules that the same pages
 * need: hundreds of a kilobyte, each a round trip. These few are put together where nobody loads what he does not need;
 * one "vendor" chunk would bring the canvas, charts and date pickers to the sign-in page. `npm run verify -- canvas`
 * weighs each page, and a story of e2e loads each part by itself: a part that begins before what it is made of breaks.
 */
export const PARTS: CodeSplitting = {
  groups: [
    { name: 'durations', test: /shared[\\/]src[\\/]time[\\/]durations/, priority: 4 },
    { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|react-router)[\\/]/, priority: 3 },
    { name: 'canvas', test: /node_modules[\\/](@xyflow|d3-[a-z]+)[\\/]/, priority: 2 },
    { name: 'layout', test: /node_modules[\\/]@dagrejs[\\/]/, priority: 2 },
    { name: 'chart', test: /node_modules[\\/](echarts|zrender)[\\/]/, priority: 2 },
    { name: 'code', test: /node_modules[\\/](@?codemirror|@lezer)[\\/]/, priority: 2 },
    { name: 'initial', tags: ['$initial'], test: (id) => !id.endsWith('main.tsx'), priority: 1, ...alone() },
    { name: 'frame', test: among(FRAME), ...alone() },
    { name: 'fields', test: among(FIELDS), ...alone() },
    { name: 'overlays', test: among(OVERLAYS), ...alone() },
    { name: 'condition-words', test: among(CONDITION_WORDS), ...alone() },
    { name: 'flow-words', test: among(FLOW_WORDS), ...alone() },
    { name: 'editor', test: among(EDITOR), ...alone() },
  ],
};

/** What these parts need themselves may belong to one page alone. */
function alone() {
  return { includeDependenciesRecursively: false };
}

function among(modules: RegExp) {
  return (id: string) => modules.test(id.replaceAll('\\', '/'));
}
