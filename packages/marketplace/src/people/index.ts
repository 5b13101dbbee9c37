/** Joint-operation products in step with the people of enterprises (consoles-and-processes.md 2.3, 2.4). */
export * from './activity/index.ts';
export * from './definition.ts';
export { runSyncTask, stepSync, takeSyncTasks } from './runner.ts';
export { peopleSchema, peopleSealed, SYNC_TASKS } from './schema.ts';
export {
  authorise,
  type Binding,
  bindAgain,
  bindApplication,
  isSynchronising,
  resync,
  setCredential,
} from './service.ts';
export * from './sign-on/index.ts';
export {
  applicationById,
  applicationsOf,
  authorisationCounts,
  boundTo,
  credentialsOf,
  setStopped,
} from './store.ts';
export { peopleSubscriptions } from './subscribers.ts';
export { listTasks, openTasks, type SyncTask, type TaskQuery, taskById } from './task-store.ts';
export { type Decider, decideTask, decisionFault } from './tasks.ts';
export { type Tile, tilesOf } from './tiles.ts';
export { type AuthorisationRow, listAuthorisations } from './told-store.ts';
