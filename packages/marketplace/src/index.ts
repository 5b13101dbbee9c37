/** The marketplace as a library for its start files. */
export { type AppOptions, createApp, listen } from './api/app.ts';
export { healthApp } from './api/health.ts';
export { OPEN_API_PREFIX } from './api/open-api/server.ts';
export { VERSION } from './api/version.ts';
export { contentOf, productById, setProductionUrl } from './catalog/index.ts';
export { type DemoFacts, loadDemo, saveDemo } from './demo/facts.ts';
export { registerDemoKit } from './demo/kit.ts';
export { seedDemo } from './demo/seed.ts';
export {
  addOperator,
  createAccessKey,
  createApiKey,
  ROLES,
  type Role,
  resetFactorAtHome as resetSecondFactor,
  setAccessKey,
} from './directory/index.ts';
export { CALLS, type Caller, createCaller } from './fulfilment/index.ts';
export {
  type Head,
  JOURNAL_FORMATS,
  type TrialBalance,
  trialBalance,
  type Verification,
  verifyLedger,
  writeJournal,
} from './ledger/index.ts';
export { type AuditFault, type AuditVerification, verifyAudit } from './platform/audit-seals.ts';
export { type Clock, systemClock } from './platform/clock.ts';
export { type Config, type ConfigFault, defaultPublicUrl, readConfig } from './platform/config.ts';
export {
  checkServer,
  type Database,
  DatabaseUnusable,
  type Db,
  inTransaction,
  openDatabase,
} from './platform/database/database.ts';
export { migrate, pendingMigrations } from './platform/database/migrations.ts';
export { findBinaries } from './platform/embedded-postgres/binaries.ts';
export { type EmbeddedServer, startEmbedded } from './platform/embedded-postgres/server.ts';
export { rotateKeys } from './platform/key-rotation.ts';
export { createLog, type Log } from './platform/log.ts';
export { createMetrics } from './platform/metrics.ts';
export { attachFromText, createPausePoints } from './platform/pause-points.ts';
export type { Platform } from './platform/platform.ts';
export { seededRandom, systemRandom } from './platform/random.ts';
export { SITES } from './platform/site.ts';
export { TASKS } from './platform/tasks/marketplace-tasks.ts';
export { reclaimAll } from './platform/tasks/task-table.ts';
export { createPlatform, createSimulator, startWorkers } from './runtime.ts';
export {
  createSandbox,
  parseScenario,
  runScenario,
  SANDBOX_MIGRATIONS,
  type Sandbox,
  type ScenarioFile,
  scenarioText,
} from './sandbox/index.ts';
export type {
  Exchange,
  ExchangePage,
  ExchangeSummary,
  SandboxState,
  ScenarioResult,
  ScenarioStepResult,
  TriggerAnswer,
} from './sandbox/schemas.ts';
export {
  exchange,
  exchangePage,
  exchangeSummary,
  sandboxState,
  scenarioResult,
  scenarioStepResult,
  triggerAnswer,
} from './sandbox/schemas.ts';
export { MIGRATIONS, SEALED_COLUMNS } from './schema.ts';
export {
  CalendarFault,
  CalendarGap,
  describeReconciliation,
  describeSettled,
  readCalendar,
  reconcile,
  rowsOf,
  ScenarioFault,
  settleFile,
  type Table,
  TableFault,
  type TableRow,
  takeYears,
  writeSettled,
  zoneOf,
} from './settlement/index.ts';
