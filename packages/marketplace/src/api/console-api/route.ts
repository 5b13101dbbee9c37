/**
 * A route of the console API as a value: who may use it, what it takes, what it gives. Sign-in, CSRF, role, object
 * scope, parsing and idempotency are enforced in `server.ts`, in one place, for every route.
 */
import { z } from 'zod';
import type { Action, Principal, Scope } from '../../directory/index.ts';
import type { Caller } from '../../fulfilment/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Result } from '../../platform/result.ts';
import type { OrderStreams } from './stream.ts';

/** Who it is, and what the action reaches for that person. */
export interface Admission {
  readonly principal: Principal;
  readonly scope: Scope;
}

/** A call of somebody who is signed in and whose role may do this; `scope` is what it may reach. */
export interface Call extends Admission {
  readonly platform: Platform;
  /** for asking a seller live */
  readonly caller: Caller;
  readonly now: Date;
  readonly requestId: string;
  readonly ip: string | null;
  readonly params: Readonly<Record<string, string>>;
  /** for answers that last: session, role and scope as they are now; null = no longer */
  again(): Promise<Admission | null>;
  readonly streams: OrderStreams;
  /** aborts when the server closes; null in memory */
  readonly closing: AbortSignal | null;
}
export type Outcome = Result<unknown> | Response | { readonly invalid: z.ZodError; readonly where: 'query' | 'body' };

interface Described {
  /** below /api/console, parameters as {name} */
  readonly path: string;
  readonly summary: string;
  readonly action: Action;
  readonly response: z.ZodType;
}
/** Reads; runs outside a transaction. */
export interface ReadRoute extends Described {
  readonly kind: 'read';
  readonly query: z.ZodType;
  run(call: Call, query: unknown): Promise<Outcome>;
}
/** Changes something: one transaction, together with its idempotency key. */
export interface CommandRoute extends Described {
  readonly kind: 'command';
  readonly body: z.ZodType;
  readonly status: 200 | 201;
  /** sealed: the answer shows a secret that is made here; false: it is looked up anew, and each look is written down */
  readonly replay: boolean | 'sealed';
  /** more than other commands take; undefined = as they do */
  readonly mostBodyBytes: number | undefined;
  run(call: Call, body: unknown, tx: Tx): Promise<Outcome>;
  /** many that came at once, in one transaction (`commands.ts`); null = each has its own */
  readonly together: PrepareTogether<unknown, TogetherOutcome> | null;
}
export interface Asked<Body> {
  readonly call: Call;
  readonly body: Body;
}
/**
 * Reads what commands need, while it is found out which of them are to be done: a repeat is answered with its first answer.
 * @returns does those that are, and answers them in the order of their list
 */
export type PrepareTogether<Body, Each> = (
  asked: readonly Asked<Body>[],
  tx: Tx,
) => Promise<(chosen: readonly Asked<Body>[]) => Promise<Each[]>>;

/** The instant of calls that run together: none of them has seen anything younger. */
export const latest = (asked: readonly { readonly call: Call }[]): Date =>
  new Date(Math.max(...asked.map(({ call }) => call.now.getTime())));

/** `ALONE` = nothing was done: it is to run by itself. A refusal has written nothing, since the others are committed. */
export type TogetherOutcome = Outcome | 'ALONE';

export type ConsoleRoute = ReadRoute | CommandRoute;

export function read<Q extends z.ZodType, R extends z.ZodType>(
  spec: Described & {
    readonly query: Q;
    readonly response: R;
    run(call: Call, query: z.infer<Q>): Promise<Result<z.infer<R>> | Response>;
  },
): ReadRoute {
  return {
    ...spec,
    kind: 'read',
    async run(call, query) {
      const parsed = await spec.query.safeParseAsync(query);
      return parsed.success ? spec.run(call, parsed.data) : { invalid: parsed.error, where: 'query' };
    },
  };
}

export function command<B extends z.ZodType, R extends z.ZodType>(
  spec: Described & {
    readonly body: B;
    readonly response: R;
    readonly status?: 201;
    readonly replay?: false | 'sealed';
    readonly mostBodyBytes?: number;
    run(call: Call, body: z.infer<B>, tx: Tx): Promise<Result<z.infer<R>>>;
    readonly together?: PrepareTogether<z.infer<B>, Result<z.infer<R>> | 'ALONE'>;
  },
): CommandRoute {
  const { together } = spec;
  return {
    ...spec,
    kind: 'command',
    status: spec.status ?? 200,
    replay: spec.replay ?? true,
    mostBodyBytes: spec.mostBodyBytes,
    async run(call, body, tx) {
      const parsed = await spec.body.safeParseAsync(body);
      return parsed.success ? spec.run(call, parsed.data, tx) : { invalid: parsed.error, where: 'body' };
    },
    together: together === undefined ? null : (asked, tx) => ofValid(spec.body, together, asked, tx),
  };
}

/** The same for bodies as they came: those that the schema refuses are not passed on. */
async function ofValid<B extends z.ZodType, Each extends TogetherOutcome>(
  schema: B,
  together: PrepareTogether<z.infer<B>, Each>,
  asked: readonly Asked<unknown>[],
  tx: Tx,
): Promise<(chosen: readonly Asked<unknown>[]) => Promise<TogetherOutcome[]>> {
  const parsed = await Promise.all(asked.map(({ body }) => schema.safeParseAsync(body)));
  const invalid = new Map<Asked<unknown>, z.ZodError>();
  const valid = new Map<Asked<unknown>, Asked<z.infer<B>>>();
  for (const [place, each] of asked.entries()) {
    const result = parsed[place];
    if (result?.success) valid.set(each, { call: each.call, body: result.data });
    else if (result) invalid.set(each, result.error);
  }
  if (valid.size === 0) return async (chosen) => chosen.map((each) => refusedBody(invalid.get(each)));
  const run = await together([...valid.values()], tx);
  return async (chosen) => {
    const outcomes = await run(chosen.flatMap((each) => valid.get(each) ?? []));
    return chosen.map((each) => (valid.has(each) ? (outcomes.shift() ?? 'ALONE') : refusedBody(invalid.get(each))));
  };
}

function refusedBody(error: z.ZodError | undefined): Outcome {
  if (error === undefined) throw new Error('a command was chosen that was not prepared');
  return { invalid: error, where: 'body' };
}

export const nothing = z.strictObject({});
export const noQuery = z.object({});
