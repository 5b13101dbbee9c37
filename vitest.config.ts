import { defineConfig } from 'vitest/config';
import { LongFirst } from './tests/support/long-first.ts';

// One suite, four kinds. Files named *.db.test.ts run twice: on the embedded PostgreSQL 18 and on an external
// PostgreSQL 15 (the oldest that is served), reached by address like any server.
const resolve = { conditions: ['jishi-source'] };
// __vitest__ runs the global set-ups: they too read sources, never what happens to be built.
const shared = { resolve, ssr: { resolve }, environments: { __vitest__: { resolve } } };
const node = {
  environment: 'node' as const,
  testTimeout: 30_000,
  hookTimeout: 120_000,
  // what is waited for comes late on a busy machine
  expect: { poll: { timeout: 15_000 } },
};
const everywhere = ['packages/**/src/**', 'examples/**/src/**', 'packages/console/dev/**', 'tests/**', 'bench/src/**'];
const kind = (suffix: string) => everywhere.map((place) => `${place}/*${suffix}`);

export default defineConfig({
  test: {
    reporters: ['default', './tests/support/closing-line.ts'],
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
    projects: [
      {
        ...shared,
        test: {
          ...node,
          name: 'unit',
          // pure tests share what they load: importing it for each file took as long as running them
          isolate: false,
          include: kind('.test.ts'),
          exclude: ['**/node_modules/**', '**/*.db.test.ts', '**/*.e2e.test.ts', '**/*.browser.test.ts'],
        },
      },
      {
        ...shared,
        test: {
          ...node,
          name: 'embedded',
          isolate: false,
          include: kind('.db.test.ts'),
          globalSetup: './tests/support/embedded-server.ts',
        },
      },
      {
        ...shared,
        test: {
          ...node,
          name: 'postgres',
          isolate: false,
          include: kind('.db.test.ts'),
          // a sandbox is one process beside its own embedded database
          exclude: [
            '**/node_modules/**',
            'packages/marketplace/src/sandbox/**',
            'packages/marketplace/src/api/sandbox/**',
            // thousands of requests that ask who may do what, not how it is stored
            'packages/marketplace/src/api/console-api/access.db.test.ts',
            // the seeds run on the embedded server; a few of them here too, by the second file
            'tests/simulation-{one,faults,year}.db.test.ts',
          ],
          globalSetup: './tests/support/external-server.ts',
        },
      },
      // Real processes and browsers come after the rest, each with a marketplace of its own.
      {
        ...shared,
        test: {
          ...node,
          name: 'e2e',
          isolate: false,
          include: kind('.e2e.test.ts'),
          globalSetup: './tests/support/embedded-server.ts',
          testTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        ...shared,
        test: {
          ...node,
          name: 'browser',
          isolate: false,
          include: kind('.browser.test.ts'),
          globalSetup: ['./tests/support/embedded-server.ts', './tests/support/browser-files.ts'],
          testTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
