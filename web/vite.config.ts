import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { PARTS } from './parts.ts';

const apiAddress = process.env.SLUICE_API ?? 'http://127.0.0.1:4310';

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
      output: { codeSplitting: PARTS },
    },
  },
});
