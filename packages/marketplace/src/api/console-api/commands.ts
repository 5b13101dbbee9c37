/**
 * How commands run: the claim of the idempotency key, the effect and the stored answer are one transaction. Commands of a
 * kind that many send at once (placing and paying orders) share it with those that came while others were written: one
 * trip and one commit serve all of them (docs/decisions/0015). Each is answered as if it had come alone.
 */

import type { Context } from 'hono';
import { type Db, inTransaction, isUnreachable, settled, type Tx } from '../../platform/database/database.ts';
import {
  type Claim,
  claimKey,
  claimKeys,
  fingerprintOf,
  type GivenKey,
  type StoredAnswer,
  storeAnswer,
  storeAnswers,
  storeSealedAnswer,
} from '../../platform/http/idempotency.ts';
import { problem, sendProblem } from '../../platform/http/problem.ts';
import type { Platform } from '../../platform/platform.ts';
import { together } from '../../platform/together.ts';
import { answeredInTransaction } from '../answered.ts';
import type { AppEnv } from '../http.ts';
import { auditedCommand, auditedCommands } from './audit.ts';
import { type Call, type CommandRoute, latest, type Outcome, type TogetherOutcome } from './route.ts';
import { send, sendJson } from './send.ts';

/** A command that somebody is admitted to, with the key of its request. */
export interface Given {
  readonly c: Context<AppEnv>;
  readonly call: Call;
  readonly route: CommandRoute;
  readonly key: string;
  /** the body as it came, which the key stands for, and as JSON */
  readonly text: string;
  readonly body: unknown;
  readonly address: string;
}

/** of one transaction: some hundred kilobytes, done in a few milliseconds */
const MOST_TOGETHER = 64;
/** a group that waits longer waits for a lock, and those behind it need not */
const PATIENCE_MS = 100;
/** groups that wait for the disk while the next one is written: on a slow disk it is better to gather more */
const MOST_ON_THEIR_WAY = 3;

/** @returns runs commands of any route; those that share a transaction do so with others that this function was given */
export function commandRunner(platform: Platform): (given: Given) => Promise<Response> {
  // The transaction holds the key against other servers; here a request would wait behind the one that has it.
  const underWay = new Set<string>();
  const runTogether = together<Given, Response | null>({
    keyOf: () => 'commands',
    most: MOST_TOGETHER,
    patienceMs: PATIENCE_MS,
    isOfOne: () => false,
    gathers: true,
    mostDone: MOST_ON_THEIR_WAY,
    run: (group, done) =>
      inTransaction(platform.db, async (tx) => {
        const responses = await runGroup(platform, group, tx);
        // what is left is the way to the disk; nobody is answered before its end
        done();
        return responses;
      }).catch((error: unknown) => {
        if (isUnreachable(error)) throw error;
        // none of them fails by another's fault, nor because somebody else was faster
        platform.log.debug({ err: error, commands: group.length }, 'commands failed together; each is run by itself');
        return group.map(() => null);
      }),
  });
  return async (given) => {
    if (given.route.together === null) return runAlone(platform, given);
    const name = `${given.call.principal.userId} ${given.key}`;
    if (underWay.has(name)) return refusedClaim(given.c, 'in-flight');
    underWay.add(name);
    try {
      return (await runTogether(given)) ?? (await runAlone(platform, given));
    } finally {
      underWay.delete(name);
    }
  };
}

// --- one ------------------------------------------------------------------------------------------------------

const runAlone = ({ db }: { readonly db: Db }, given: Given): Promise<Response> =>
  answeredInTransaction(db, (tx) => once(tx, given));

async function once(tx: Tx, given: Given): Promise<Response> {
  const { c, call, route, body, address } = given;
  const { owner, key, fingerprint } = keyOf(given);
  const claim = await claimKey(tx, owner, key, fingerprint, call.platform.keys);
  if (claim.kind !== 'first') return answerOf(c, claim);
  const { response, answer } = replyOf(c, await auditedCommand(call, tx, { route, body, address }), route.status);
  // Only success is kept: a refusal changed nothing, and the same request may succeed once its reason is gone.
  if (route.replay !== false && answer) {
    if (route.replay === 'sealed')
      await storeSealedAnswer(tx, owner, key, fingerprint, answer, call.platform.keys, call.now);
    else await storeAnswer(tx, owner, key, fingerprint, answer, call.now);
  }
  return response;
}

// --- many -----------------------------------------------------------------------------------------------------

/** @returns null = to be run alone, nothing was done */
async function runGroup({ keys }: Platform, group: readonly Given[], tx: Tx): Promise<(Response | null)[]> {
  const given = group.map(keyOf);
  const [claiming, preparing] = [claimKeys(tx, given, keys), prepared(group, tx)];
  await settled<unknown>([claiming, preparing]);
  const [claims, kinds] = [await claiming, await preparing];
  const chosen = new Set(group.filter((_, place) => claims[place]?.kind === 'first'));
  const outcomes = await outcomesOf(tx, kinds, chosen);
  const answers: (GivenKey & StoredAnswer)[] = [];
  const responses = group.map((each, place) => {
    const { c, route } = each;
    const [claim, key] = [claims[place], given[place]];
    if (!claim || !key) throw new Error('a key was not claimed');
    if (claim.kind !== 'first') return answerOf(c, claim);
    const outcome = outcomes.get(each);
    if (outcome === undefined || outcome === 'ALONE') return null;
    const { response, answer } = replyOf(c, outcome, route.status);
    if (answer) answers.push({ ...key, ...answer });
    return response;
  });
  await storeAnswers(tx, answers, latest(group));
  return responses;
}

type Run = Awaited<ReturnType<NonNullable<CommandRoute['together']>>>;
interface Kind {
  readonly route: CommandRoute;
  readonly asked: readonly Given[];
  readonly run: Run;
}

/** Each kind by itself, all kinds at the same time: their statements travel together, with those that claim the keys. */
const prepared = (group: readonly Given[], tx: Tx): Promise<Kind[]> =>
  settled(
    [...new Set(group.map(({ route }) => route))].map(async (route) => {
      const asked = group.filter((each) => each.route === route);
      const run = await route.together?.(asked, tx);
      return { route, asked, run: run ?? (async (chosen) => chosen.map(() => 'ALONE')) };
    }),
  );

async function outcomesOf(
  tx: Tx,
  kinds: readonly Kind[],
  chosen: ReadonlySet<Given>,
): Promise<ReadonlyMap<Given, TogetherOutcome>> {
  const outcomes = new Map<Given, TogetherOutcome>();
  await settled(
    kinds.map(async ({ route, asked, run }) => {
      const own = asked.filter((each) => chosen.has(each));
      const done = await auditedCommands(own, tx, { route, run: () => run(own) });
      for (const [place, outcome] of done.entries()) if (own[place]) outcomes.set(own[place], outcome);
    }),
  );
  return outcomes;
}

// --- answers --------------------------------------------------------------------------------------------------

const keyOf = ({ call, key, text, address }: Given): GivenKey => ({
  owner: call.principal.userId,
  key,
  fingerprint: fingerprintOf('POST', address, text),
});

interface Reply {
  readonly response: Response;
  /** what a repeat is told; null = it is done anew */
  readonly answer: StoredAnswer | null;
}
function replyOf(c: Context<AppEnv>, outcome: Outcome, status: number): Reply {
  if (outcome instanceof Response || 'invalid' in outcome || !outcome.ok)
    return { response: send(c, outcome, status), answer: null };
  const body = JSON.stringify(outcome.value);
  return { response: sendJson(body, status), answer: { status, body } };
}

const answerOf = (c: Context<AppEnv>, claim: Exclude<Claim, { readonly kind: 'first' }>): Response =>
  claim.kind === 'hit'
    ? sendJson(claim.answer.body, claim.answer.status, { 'idempotency-replayed': 'true' })
    : refusedClaim(c, claim.kind);

const refusedClaim = (c: Context<AppEnv>, kind: 'in-flight' | 'conflict'): Response =>
  kind === 'in-flight'
    ? sendProblem(c, problem('IDEMPOTENCY_IN_FLIGHT', 'a request with this key is under way'), { 'retry-after': '1' })
    : sendProblem(c, problem('IDEMPOTENCY_CONFLICT', 'this key was used for another request'));
