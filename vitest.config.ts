import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** What is waited for ends the waiting as soon as it is there; one second, which is usual, is short on a busy machine. */
const PATIENT = { interval: 20, timeout: 60_000 };

// As `npm start` does: whatever process of the product a test starts finds its modules compiled.
const NODE_COMPILE_CACHE = path.join(import.meta.dirname, '.tools', 'compile-cache');

// One project per package: only web needs a DOM. Files share a worker's modules, which tests may: they mock none and keep
// their state in what they open. Loading the product anew for every file took longer than the tests.
export default defineConfig({
  test: {
    passWithNoTests: true,
    // Vitest keeps one processor free; tests that wait for a second of the clock leave theirs to others.
    maxWorkers: '100%',
    projects: [
      ...['shared', 'templates', 'sdk', 'cli', 'embedded-store', 'runtime', 'bench', 'scripts'].map((name) => ({
        test: {
          name,
          include: [`${name}/**/*.test.ts`],
          environment: 'node' as const,
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: PATIENT },
          env: { NODE_COMPILE_CACHE },
        },
      })),
      {
        test: {
          name: 'web',
          include: ['web/src/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          setupFiles: ['web/src/test-setup.ts'],
          testTimeout: 120_000,
        },
      },
    ],
  },
});
