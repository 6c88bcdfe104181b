import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const apiAddress = process.env.SLUICE_API ?? 'http://127.0.0.1:4310';

// Libraries that every page needs share a few long-lived chunks. `entriesAware` keeps what only the canvas, a chart or a
// date picker needs out of the first load: one "vendor" chunk would bring all of them to the sign-in page.
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
          ],
        },
      },
    },
  },
});
