/** One suite, run from the sources: every `NAME.test.ts` under test, and the examples beside their scenarios. */
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/seed.ts'],
    // One process a core: Z3 keeps a core busy, and what starts the tests waits.
    maxWorkers: availableParallelism(),
    // A file's modules are loaded once a process and not once a file: to load them and Z3 takes longer than most files'
    // tests. No test changes what a module holds.
    isolate: false,
    // Whole processes and Z3 are started in tests; a hang is caught, slowness is not judged.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
