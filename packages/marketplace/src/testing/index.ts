/** For tests, simulation and benchmarks of this repository: a migrated database each, a small world in it. */

export { indexProducts, quote, searchProducts } from '../catalog/index.ts';
export { changeDepartment, createApiKey, directoryChanged } from '../directory/index.ts';
export { runDue } from '../instances/index.ts';
export { BILLED_AT_ONCE, ensurePartitions, runMetering, serialKeys } from '../metering/index.ts';
export {
  type Application,
  applicationById,
  authorise,
  daysActive,
  foldSignals,
  lastDay,
  openTasks,
  setCredential,
} from '../people/index.ts';
export { sql } from '../platform/database/database.ts';
export { createOutbound, type Outbound } from '../platform/outbound.ts';
export { runPeriod } from '../settlement/index.ts';
export * from './crowd.ts';
export * from './purchase.ts';
export * from './world.ts';
