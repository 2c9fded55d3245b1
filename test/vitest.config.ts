import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** They put something else in the place of a package, which must be loaded with them and forgotten after them. */
const PACKAGES_REPLACED = ['test/auditlog/storage-steps.test.ts', 'test/people/equal-work.test.ts'];

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    // An `expect` that checks nothing, or a test that expects nothing, fails.
    // Machines that run many tests are slow; what is waited for comes at once elsewhere.
    expect: { requireAssertions: true, poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/bench/**', ...PACKAGES_REPLACED],
          // Loading the product took a fifth of the run when each file did it anew; nothing else is shared, for each has its own database.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: PACKAGES_REPLACED } },
    ],
  },
});
