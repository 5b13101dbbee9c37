/** Production addresses, debugging, daily probes and what follows from them. */

export { type AddressBook, addAddress, addressBook, bindKey, checkAddress, createKey } from './addresses.ts';
export { type ProbedProduct, probeBoard } from './board.ts';
export { type DebugCase, listCases } from './case-store.ts';
export { firstMessage } from './checks.ts';
export { type DebugInput, generateRequest, removeCase, runCase, startDebugging } from './debugging.ts';
export { FAILING_DAYS_TO_FREEZE, MOST_FAILED_ORDERS } from './model.ts';
export { PROOF_PATH, proofRecord } from './ownership.ts';
export { ensurePlanned, PROBE, probe, probeNow } from './probes.ts';
export { type DebugProduct, debugBench, debugProducts } from './products.ts';
export { type RequiredCase, requiredCases } from './required-cases.ts';
export { forgetRuns, lastRunsOfCases, nextRuns, type Run, runById } from './run-store.ts';
export { freezeByHand, release } from './sanctions.ts';
export { debuggingSchema, RUNS } from './schema.ts';
export { debuggingSubscriptions } from './subscribers.ts';
export { createDebugger, makeDueRuns, startDebugger } from './worker.ts';
