/** A marketplace to try things out in: a clock that moves, recorded exchanges, scenarios at the press of a button. */
export type { Chance } from './chance.ts';
export type { ReceivedCall } from './incoming.ts';
export { createSandbox, type Sandbox, type SandboxParts } from './sandbox.ts';
export { parseScenario, type ScenarioFile, type ScenarioMistake } from './scenario/file.ts';
export { scenarioText } from './scenario/record.ts';
export { runScenario } from './scenario/run.ts';
export * from './schemas.ts';
export { type JournalEntry, SANDBOX_MIGRATIONS } from './store.ts';
