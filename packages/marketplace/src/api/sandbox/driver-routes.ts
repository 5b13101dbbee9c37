/** The sandbox's routes as values: what each takes and gives. Who may and how often is enforced in `driver-api.ts`. */
import { z } from 'zod';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { parseScenario, runScenario, type Sandbox, type SandboxState, scenarioText } from '../../sandbox/index.ts';
import * as schemas from '../../sandbox/schemas.ts';

export interface DriverRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** below /api/sandbox, parameters as {name} */
  readonly path: string;
  readonly summary: string;
  /** of the query (GET) or the body */
  readonly input: z.ZodType;
  readonly response: z.ZodType;
  run(sandbox: Sandbox, input: unknown, params: Readonly<Record<string, string>>): Promise<Answer>;
}
type Answer = Result<unknown> | { readonly invalid: z.ZodError };

function route<I extends z.ZodType, R extends z.ZodType>(spec: {
  readonly method: DriverRoute['method'];
  readonly path: string;
  readonly summary: string;
  readonly input: I;
  readonly response: R;
  run(sandbox: Sandbox, input: z.infer<I>, params: Readonly<Record<string, string>>): Promise<Result<z.infer<R>>>;
}): DriverRoute {
  return {
    ...spec,
    async run(sandbox, input, params) {
      const parsed = await spec.input.safeParseAsync(input);
      return parsed.success ? spec.run(sandbox, parsed.data, params) : { invalid: parsed.error };
    },
  };
}

const none = z.object({});
const nothing = z.strictObject({});

export const DRIVER_ROUTES: readonly DriverRoute[] = [
  route({
    method: 'GET',
    path: '/state',
    summary: 'Clock, seller, buttons and what they may do now, faults, services, changes of protocols that lie ahead',
    input: none,
    response: schemas.sandboxState,
    run: async (sandbox) => ok(await sandbox.state()),
  }),
  route({
    method: 'GET',
    path: '/upcoming',
    summary: 'What will be due, in order',
    input: schemas.upcomingQuery,
    response: schemas.upcomingList,
    run: async (sandbox, { limit }) => ok({ items: await sandbox.upcoming(limit) }),
  }),
  route({
    method: 'POST',
    path: '/clock',
    summary: 'Move the clock forward, doing everything that becomes due in order; or let it play, or stand still',
    input: schemas.clockCommand,
    response: schemas.sandboxState,
    run: async (sandbox, command) => thenState(sandbox, await sandbox.moveClock(command)),
  }),
  route({
    method: 'POST',
    path: '/trigger',
    summary: 'Play a scenario, with everything that follows from it at once',
    input: schemas.triggerCommand,
    response: schemas.triggerAnswer,
    run: (sandbox, command) => sandbox.trigger(command),
  }),
  route({
    method: 'GET',
    path: '/exchanges',
    summary: 'Calls to the seller and of the seller, newest first',
    input: schemas.exchangeQuery,
    response: schemas.exchangePage,
    run: async (sandbox, query) => ok(await sandbox.exchanges(query)),
  }),
  route({
    method: 'GET',
    path: '/exchanges/{exchangeId}',
    summary: 'One exchange, whole: headers, bodies, the steps of its signature, what is wrong with it',
    input: none,
    response: schemas.exchange,
    async run(sandbox, _query, { exchangeId = '' }) {
      const found = await sandbox.exchange(exchangeId);
      return found
        ? ok(found)
        : refuse('NOT_FOUND', 'there is no such exchange, or it is gone: the last 10,000 are kept');
    },
  }),
  route({
    method: 'POST',
    path: '/replay',
    summary: 'Send a call to the seller again: signed anew, or byte for byte',
    input: schemas.replayCommand,
    response: schemas.exchangeSummary,
    run: (sandbox, command) => sandbox.replay(command),
  }),
  route({
    method: 'POST',
    path: '/faults',
    summary: 'Spoil, repeat, delay or lose the next calls to the seller',
    input: schemas.faultCommand,
    response: schemas.sandboxFault,
    run: async (sandbox, command) => ok(await sandbox.addFault(command)),
  }),
  route({
    method: 'DELETE',
    path: '/faults',
    summary: 'No faults any more',
    input: nothing,
    response: schemas.faultList,
    async run(sandbox) {
      await sandbox.clearFaults();
      return ok({ items: [...sandbox.faults()] });
    },
  }),
  route({
    method: 'POST',
    path: '/reset',
    summary: 'A clean state: orders, services, calls, messages, money are gone; accounts, product and keys stay',
    input: schemas.resetCommand,
    response: schemas.sandboxState,
    async run(sandbox, command) {
      await sandbox.reset(command);
      return ok(await sandbox.state());
    },
  }),
  route({
    method: 'GET',
    path: '/scenario',
    summary: 'What was done since the last reset, as a scenario file',
    input: none,
    response: schemas.scenarioText,
    run: async (sandbox) => ok({ text: await recorded(sandbox) }),
  }),
  route({
    method: 'POST',
    path: '/scenario',
    summary: 'Reset, then play a scenario file step by step; the first step that fails ends it',
    input: schemas.scenarioCommand,
    response: schemas.scenarioResult,
    run: (sandbox, { text }) => play(sandbox, text),
  }),
];

async function recorded(sandbox: Sandbox): Promise<string> {
  const [entries, { clock, seed, services }] = await Promise.all([sandbox.journal(), sandbox.state()]);
  return scenarioText(entries, {
    name: 'Recorded in the sandbox',
    start: new Date(clock.now),
    seed,
    services: services.map(({ resourceId }) => resourceId),
  });
}

const playing = new WeakSet<Sandbox>();

async function play(sandbox: Sandbox, text: string): Promise<Result<schemas.ScenarioResult>> {
  const read = parseScenario(text);
  if (!read.ok) {
    const mistakes = read.mistakes.map(({ line, member, message }) => `line ${line}: ${member} ${message}`.trim());
    return refuse('SCENARIO_INVALID', mistakes.join('; '));
  }
  if (playing.has(sandbox)) return refuse('CLOCK_MOVING', 'a scenario file is being played already');
  playing.add(sandbox);
  try {
    return ok(await runScenario(sandbox, read.scenario, (step) => sandbox.publish({ event: 'step', data: step })));
  } finally {
    playing.delete(sandbox);
  }
}

const thenState = async (sandbox: Sandbox, done: Result<null>): Promise<Result<SandboxState>> =>
  done.ok ? ok(await sandbox.state()) : done;
