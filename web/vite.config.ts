import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const apiAddress = process.env.SLUICE_API ?? 'http://127.0.0.1:4310';

/** Signs of the menu and of messages, by the names of antd's icons. */
const FRAME_ICONS =
  'Api|Apartment|Appstore|Audit|Block|Check|CheckCircle|Close|CloseCircle|CloudServer|CloudUpload|Contacts|' +
  'ExclamationCircle|Experiment|InfoCircle|Key|Mail|MenuFold|Search|Table|Team|User|Warning';

/** What whoever is signed in loads, whatever the page. */
const FRAME = new RegExp(
  [
    `/(asn|icons)/(${FRAME_ICONS})(Outlined|Filled)[.]`,
    '@rc-component/(tooltip|trigger)/',
    'antd/es/(tooltip|alert)/',
    'antd/es/_util/(motion|placements|colors|zindexContext|ContextIsolator|hooks/useZIndex)[.]',
    'antd/es/style/(roundedArrow|placementArrow|motion/(motion|fade|zoom))[.]',
    'web/src/ui/(page|section|link-button|figure-row|plain-table|scroll-area|share|load-ahead|use-is-phone)[.]',
    'web/src/ui/format/',
    'web/src/(shell/(brand-mark|pages)|access/session|approvals/use-waiting-approvals)[.]',
  ].join('|'),
);

/** What nearly every page with a field has. */
const FIELDS = new RegExp(
  [
    '@rc-component/(input|textarea|checkbox)/',
    '@rc-component/util/es/(KeyCode|mergeProps|Dom/focus)[.]',
    'antd/es/input/',
    'antd/es/style/motion/(move|slide|collapse)[.]',
    'antd/es/_util/(PurePanel|statusUtils|hooks/(useAllowClear|useSyncState))[.]',
  ].join('|'),
);

/** What these parts need themselves may belong to one page alone. */
const ALONE = { includeDependenciesRecursively: false };

const among = (modules: RegExp) => (id: string) => modules.test(id.replaceAll('\\', '/'));

// By itself the bundler makes a chunk of each set of modules that the same pages need: hundreds of a kilobyte, each a
// round trip. These few are put together where nobody loads what he does not need; `npm run verify -- canvas` weighs each
// page. One "vendor" chunk would bring the canvas, charts and date pickers to the sign-in page.
export default defineConfig({
  plugins: [react()],
  server: { proxy: { '/api': apiAddress, '/v1': apiAddress, '/l': apiAddress, '/hooks': apiAddress } },
  build: {
    sourcemap: true,
    // What belongs to which page, for whoever measures it.
    manifest: true,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      // antd's parts do nothing on import but do not say so: without this a button brings the whole form validator along.
      // What both sides share is pure too: who needs the length of a day must not load the calendar, and who words a
      // condition must not load the engine of patterns.
      treeshake: {
        moduleSideEffects: [
          { test: /node_modules[\\/]@rc-component[\\/]/, sideEffects: false },
          { test: /[\\/]shared[\\/]src[\\/]/, sideEffects: false },
          { test: /node_modules[\\/](re2js|luxon|croner|cronstrue|xxhash-wasm)[\\/]/, sideEffects: false },
        ],
      },
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|react-router)[\\/]/, priority: 3 },
            { name: 'canvas', test: /node_modules[\\/](@xyflow|d3-[a-z]+)[\\/]/, priority: 2 },
            { name: 'layout', test: /node_modules[\\/]@dagrejs[\\/]/, priority: 2 },
            { name: 'durations', test: /shared[\\/]src[\\/]time[\\/]durations/, priority: 4 },
            { name: 'chart', test: /node_modules[\\/](echarts|zrender)[\\/]/, priority: 2 },
            { name: 'code', test: /node_modules[\\/](@?codemirror|@lezer)[\\/]/, priority: 2 },
            { name: 'initial', tags: ['$initial'], test: (id) => !id.endsWith('main.tsx'), priority: 1, ...ALONE },
            { name: 'frame', test: among(FRAME), ...ALONE },
            { name: 'fields', test: among(FIELDS), ...ALONE },
          ],
        },
      },
    },
  },
});
