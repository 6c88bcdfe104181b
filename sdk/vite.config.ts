import path from 'node:path';
import { defineConfig } from 'vite';

/** One classic script without dependencies, beside the web app, which the same server hands out. */
export default defineConfig({
  build: {
    outDir: path.resolve(import.meta.dirname, '../web/dist/sdk'),
    emptyOutDir: true,
    target: 'es2020',
    lib: {
      entry: path.resolve(import.meta.dirname, 'src/main.ts'),
      name: 'sluiceSdk',
      formats: ['iife'],
      fileName: () => 'sluice.js',
    },
  },
});
