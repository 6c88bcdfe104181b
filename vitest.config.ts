import { defineConfig } from 'vitest/config';

// One project per package: only web needs a DOM.
export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      ...['shared', 'templates', 'embedded-store', 'runtime', 'bench', 'scripts'].map((name) => ({
        test: {
          name,
          include: [`${name}/**/*.test.ts`],
          environment: 'node' as const,
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
