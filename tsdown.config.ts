import { defineConfig } from 'tsdown';

// Inside the repository packages resolve each other's sources (condition jishi-source); what is published does not.
const shared = {
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  logLevel: 'error',
  clean: true,
  fixedExtension: true,
} as const;

export default defineConfig([
  { ...shared, entry: 'packages/protocol/src/index.ts', outDir: 'packages/protocol/dist', dts: true },
  {
    ...shared,
    entry: 'packages/seller/src/index.ts',
    outDir: 'packages/seller/dist',
    dts: true,
    deps: { neverBundle: [/^@jishi\//] },
  },
  {
    ...shared,
    entry: 'packages/conformance/src/index.ts',
    outDir: 'packages/conformance/dist',
    dts: true,
    deps: { neverBundle: [/^@jishi\//] },
  },
  {
    ...shared,
    entry: 'packages/cli/src/main.ts',
    outDir: 'packages/cli/dist',
    dts: false,
    // the command carries the marketplace and the demo seller in itself; libraries stay libraries
    deps: { alwaysBundle: [/^@jishi\//], neverBundle: [/^(?!@jishi\/)[a-z@]/] },
    inputOptions: { resolve: { conditionNames: ['jishi-source', 'import', 'node', 'default'] } },
  },
]);
