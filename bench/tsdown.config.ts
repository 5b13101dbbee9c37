import { defineConfig } from 'tsdown';

export default defineConfig({
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  logLevel: 'error',
  clean: true,
  fixedExtension: true,
  dts: false,
  // the programs that a benchmark starts (`startChild`) keep their names beside its own
  entry: {
    main: 'src/main.ts',
    worker: 'src/worker.ts',
    seller: 'src/seller.ts',
    'orders/server': 'src/orders/server.ts',
    'directory/kit-seller': 'src/directory/kit-seller.ts',
    'metering/bare': 'src/metering/bare.ts',
    'metering/clients': 'src/metering/clients.ts',
    'metering/rating': 'src/metering/rating.ts',
    'settlement/settling': 'src/settlement/settling.ts',
    'fulfilment/competitor': 'src/fulfilment/competitor.ts',
  },
  outDir: 'dist',
  deps: { alwaysBundle: [/^@jishi\//], neverBundle: [/^(?!@jishi\/)[a-z@]/] },
  inputOptions: { resolve: { conditionNames: ['jishi-source', 'import', 'node', 'default'] } },
});
