// The arrows of design.md sections 2 and 3, checked in `npm test`.
const M = 'packages/marketplace/src';
const STATIONS = [
  'catalog',
  'ordering',
  'licensing',
  'fulfilment',
  'delivery',
  'debugging',
  'instances',
  'people',
  'metering',
  'settlement',
  'notification',
  'webhooks',
]; // left to right; later stations join in their place
const GROUND = ['directory', 'ledger', 'wallet'];
const any = (names) => `(${names.join('|')})`;
const TESTS = '\\.test\\.ts$';
const SUPPORT = '\\.test-support\\.ts$'; // servers and the like that tests share

/** A station calls stations to its left, never to its right: news travels right by events. */
const neverRight = STATIONS.slice(0, -1).map((station, place) => ({
  name: `${station}-never-right`,
  severity: 'error',
  from: { path: `^${M}/${station}/`, pathNot: TESTS },
  to: { path: `^${M}/${any(STATIONS.slice(place + 1))}/` },
}));

/** Another room is entered through its index.ts. */
const throughIndex = [...STATIONS, ...GROUND].map((room) => ({
  name: `${room}-through-its-index`,
  severity: 'error',
  from: { path: '^packages/', pathNot: [`^${M}/${room}/`, TESTS, `^${M}/testing/`] },
  to: { path: `^${M}/${room}/`, pathNot: `^${M}/${room}/index\\.ts$` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'protocol-is-pure',
      comment: 'no I/O, no clock, no database: crypto and schemas only',
      severity: 'error',
      from: { path: '^packages/protocol/src', pathNot: TESTS },
      to: { pathNot: ['^packages/protocol/src', '^node_modules/zod', '^crypto$', '^node:crypto$'] },
    },
    {
      name: 'seller-knows-the-protocol-only',
      severity: 'error',
      from: { path: '^packages/seller/src', pathNot: TESTS },
      to: { path: '^(packages|examples)/', pathNot: '^packages/(protocol|seller)/' },
    },
    {
      name: 'conformance-knows-the-protocol-only',
      comment: 'it must be usable inside a seller’s own test run, without a marketplace',
      severity: 'error',
      from: { path: '^packages/conformance/src', pathNot: [TESTS, SUPPORT] },
      to: { path: '^(packages|examples)/', pathNot: '^packages/(protocol|conformance)/' },
    },
    {
      name: 'foundation-knows-no-station',
      severity: 'error',
      from: { path: `^${M}/platform/`, pathNot: TESTS },
      to: { path: `^${M}/`, pathNot: `^${M}/platform/` },
    },
    {
      name: 'ground-floor-knows-no-station',
      severity: 'error',
      from: { path: `^${M}/${any(GROUND)}/`, pathNot: TESTS },
      to: { path: `^${M}/${any([...STATIONS, 'api', 'demo', 'sandbox'])}/` },
    },
    {
      name: 'stations-know-no-surface',
      severity: 'error',
      from: { path: `^${M}/${any(STATIONS)}/`, pathNot: [TESTS, SUPPORT] },
      to: { path: `^${M}/(api|demo|testing|runtime|sandbox)` },
    },
    {
      name: 'sandbox-is-nobodys-need',
      comment: 'a production server has none of it: only the composition of the API and the library face know the room',
      severity: 'error',
      from: { path: `^${M}/`, pathNot: [`^${M}/sandbox/`, `^${M}/(api|index\\.ts)`, `^${M}/testing/`, TESTS] },
      to: { path: `^${M}/sandbox/` },
    },
    {
      name: 'sandbox-knows-no-surface',
      severity: 'error',
      from: { path: `^${M}/sandbox/`, pathNot: TESTS },
      to: { path: `^${M}/(api|testing)/` },
    },
    ...neverRight,
    ...throughIndex,
    {
      name: 'models-are-pure',
      comment: 'rules are functions of (state, command, now): no database, no other room but types and pure helpers',
      severity: 'error',
      from: { path: `^${M}/[a-z]+/(model|policy)\\.ts$` },
      to: {
        path: `^${M}/`,
        pathNot: [
          `^${M}/platform/(money|exact|result|site|random|state-machine|config)\\.ts$`,
          `^${M}/([a-z]+)/(definition|model|access-types)\\.ts$`,
          // the flows of service supervision and how a delivery moves along them: data and pure rules
          `^${M}/delivery/supervision/(definition|flows|model)\\.ts$`,
          // when usage is billed and what may be taken: pure too
          `^${M}/metering/(acceptance|timing)\\.ts$`,
        ],
      },
    },
    {
      name: 'only-stores-speak-sql',
      severity: 'error',
      from: { path: `^${M}/${any(STATIONS)}/(model|policy|routes)\\.ts$` },
      to: { path: `^${M}/platform/database/` },
    },
    {
      name: 'console-takes-types-only',
      severity: 'error',
      from: { path: '^packages/console/src', pathNot: TESTS },
      to: { path: '^packages/(marketplace|cli|seller)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'tests-are-not-shipped',
      severity: 'error',
      from: { path: '^(packages|examples)/[^/]+/src', pathNot: [TESTS, SUPPORT, '/testing/', 'test-program'] },
      to: { path: [TESTS, SUPPORT, '^tests/', `^${M}/testing/`] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '^packages/console/dev/'] },
    enhancedResolveOptions: {
      conditionNames: ['jishi-source', 'types', 'import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
