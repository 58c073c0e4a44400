/** Unit tests beside the code; end-to-end tests in a real VS Code, one after another. */
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Generous, for small and busy machines: a test waits for states, so it is never slower than it must be. */
const endToEnd = {
  fileParallelism: false,
  testTimeout: 180_000,
  hookTimeout: 180_000,
  teardownTimeout: 30_000,
  // VS Code's own menus and tooltips now and then swallow a click on a busy machine; what fails twice is ours.
  retry: 1,
  expect: { poll: { timeout: 60_000, interval: 100 } },
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Many tests wait for a process or a disk: on two cores two of them fit side by side.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          include: ['src/**/*.test.ts', 'webview/**/*.test.{ts,tsx}', 'scripts/**/*.test.mjs'],
          // For small and busy machines, as below.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'e2e', include: ['test/*.e2e.ts'], ...endToEnd } },
      { test: { name: 'installed', include: ['test/installed/*.e2e.ts'], ...endToEnd } },
    ],
  },
});
