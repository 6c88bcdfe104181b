import { defineConfig } from 'vitest/config';

// One project per package: only web needs a DOM. Files share a worker's modules, which tests may: they mock none and keep
// their state in what they open. Loading the product anew for every file took longer than the tests.
export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      ...['shared', 'templates', 'sdk', 'cli', 'embedded-store', 'runtime', 'bench', 'scripts'].map((name) => ({
        test: {
          name,
          include: [`${name}/**/*.test.ts`],
          environment: 'node' as const,
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      })),
      {
        test: {
          name: 'web',
          include: ['web/src/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          setupFiles: ['web/src/test-setup.ts'],
          testTimeout: 30_000,
        },
      },
    ],
  },
});
