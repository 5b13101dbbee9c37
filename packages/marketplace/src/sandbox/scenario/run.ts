/** Plays a scenario file in a sandbox: reset, then step by step; the first step that fails ends it. */

import type { Sandbox } from '../sandbox.ts';
import type { ExchangeSummary, SandboxService, ScenarioResult, ScenarioStepResult } from '../schemas.ts';
import { type ScenarioFile, type ScenarioStep, titleOf } from './file.ts';

/** What the steps so far have made. */
interface Played {
  /** services by their names in the file */
  readonly named: Map<string, string>;
  /** the service that was made or used last */
  latest: string | null;
  /** every call since the beginning, oldest first */
  readonly exchanges: ExchangeSummary[];
}

const PAGE = 500;

/**
 * The clock stands still meanwhile and only the steps move it: with a seed and the demo seller two runs make the same
 * exchanges, byte for byte.
 *
 * @param told after each step
 */
export async function runScenario(
  sandbox: Sandbox,
  scenario: ScenarioFile,
  told: (step: ScenarioStepResult) => void = () => {},
): Promise<ScenarioResult> {
  const start = { start: scenario.start, seed: scenario.seed ?? null, playing: false };
  await sandbox.reset(start);
  const played: Played = { named: new Map(), latest: null, exchanges: [] };
  const steps: ScenarioStepResult[] = [];
  for (const [index, step] of scenario.steps.entries()) {
    const before = played.exchanges.length;
    const error = step === 'reset' ? await begin() : await perform(sandbox, step, played);
    const made = await newerThan(sandbox, played.exchanges.at(-1)?.exchangeId ?? '0');
    played.exchanges.push(...made);
    const wrong =
      error ?? (typeof step === 'object' && 'expect' in step ? await unmet(sandbox, step.expect, played) : null);
    const result: ScenarioStepResult = {
      step: index + 1,
      title: titleOf(step),
      ok: wrong === null,
      at: sandbox.clock().now,
      exchanges: played.exchanges.slice(before).map(({ exchangeId }) => exchangeId),
      ...(wrong === null ? {} : { error: wrong }),
    };
    steps.push(result);
    told(result);
    if (wrong !== null) return { ok: false, steps };
  }
  return { ok: true, steps };

  async function begin(): Promise<null> {
    await sandbox.reset(start);
    played.named.clear();
    played.latest = null;
    played.exchanges.length = 0;
    return null;
  }
}

/** @returns what went wrong; null = nothing */
async function perform(sandbox: Sandbox, step: Exclude<ScenarioStep, 'reset'>, played: Played): Promise<string | null> {
  if (step === 'clear-faults') {
    await sandbox.clearFaults();
    return null;
  }
  if ('expect' in step) return null;
  if ('fault' in step) {
    await sandbox.addFault(step.fault);
    return null;
  }
  if ('clock' in step) return refusalOf(await sandbox.moveClock(clockCommandOf(step.clock)));
  if ('replay' in step) {
    const last = played.exchanges.findLast(
      ({ direction, activity }) =>
        direction === 'to-seller' && (step.activity === undefined || activity === step.activity),
    );
    if (last === undefined) return `there was no call ${step.activity ?? 'to the seller'} yet`;
    return refusalOf(await sandbox.replay({ exchangeId: last.exchangeId, how: step.replay }));
  }
  const { trigger, as, on, specification, ...choice } = step;
  const service = on === undefined ? null : (played.named.get(on) ?? null);
  if (on !== undefined && service === null) return `no step before this one made a service named "${on}"`;
  const done = await sandbox.trigger({
    scenario: trigger,
    resourceId: service,
    ...(specification === undefined ? {} : { specificationId: specification }),
    ...choice,
  });
  if (!done.ok) return refusalOf(done);
  const { resourceId } = done.value;
  played.latest = resourceId ?? played.latest;
  if (as !== undefined) {
    if (resourceId === null) return `${trigger} makes no service that could be named "${as}"`;
    played.named.set(as, resourceId);
  }
  return null;
}

function clockCommandOf(text: string): Parameters<Sandbox['moveClock']>[0] {
  if (text === 'next') return { action: 'next' };
  return text.startsWith('to ')
    ? { action: 'to', instant: text.slice(3) }
    : { action: 'advance', by: text.slice('advance '.length) };
}

function refusalOf(result: { ok: true } | { ok: false; refusal: { code: string; message: string } }): string | null {
  return result.ok ? null : `${result.refusal.code}: ${result.refusal.message}`;
}

type Expected = Extract<ScenarioStep, { expect: unknown }>['expect'];

/** @returns the first thing that is otherwise than expected */
async function unmet(sandbox: Sandbox, expected: Expected, played: Played): Promise<string | null> {
  const { on, state, expireAt, calls = {}, resultCode, diagnosis } = expected;
  if (state !== undefined || expireAt !== undefined) {
    const found = await serviceOf(sandbox, on === undefined ? played.latest : (played.named.get(on) ?? null));
    if (found === null) return `there is no service ${on === undefined ? 'yet' : `named "${on}"`}`;
    if (state !== undefined && found.state !== state) return `state: expected ${state}, it is ${found.state}`;
    if (expireAt !== undefined && Date.parse(expireAt) !== Date.parse(found.expireAt ?? ''))
      return `expireAt: expected ${expireAt}, it is ${found.expireAt ?? 'never'}`;
  }
  const toSeller = played.exchanges.filter(({ direction }) => direction === 'to-seller');
  for (const [activity, wanted] of Object.entries(calls)) {
    const seen = toSeller.filter((each) => each.activity === activity).length;
    if (seen !== wanted) return `calls.${activity}: expected ${wanted}, there were ${seen}`;
  }
  const last = toSeller.at(-1);
  if (resultCode !== undefined && last?.resultCode !== resultCode)
    return `resultCode: expected ${resultCode}, the latest call got ${last?.resultCode ?? 'none'}`;
  if (diagnosis !== undefined && !meets(diagnosis, last))
    return `diagnosis: expected ${diagnosis}, the latest call has ${last?.diagnosis.join(', ') || 'none'}`;
  return null;
}

const meets = (wanted: string, last: ExchangeSummary | undefined): boolean =>
  wanted === 'none' ? last !== undefined && last.diagnosis.length === 0 : (last?.diagnosis.includes(wanted) ?? false);

async function serviceOf(sandbox: Sandbox, resourceId: string | null): Promise<SandboxService | null> {
  if (resourceId === null) return null;
  const { services } = await sandbox.state();
  return services.find((each) => each.resourceId === resourceId) ?? null;
}

/** Exchanges after `after`, oldest first. */
async function newerThan(sandbox: Sandbox, after: string): Promise<ExchangeSummary[]> {
  const found: ExchangeSummary[] = [];
  for (let before: string | undefined; ; ) {
    const { items, nextBefore } = await sandbox.exchanges({ before, limit: PAGE });
    const fresh = items.filter(({ exchangeId }) => BigInt(exchangeId) > BigInt(after));
    found.push(...fresh);
    if (fresh.length < items.length || nextBefore === null) return found.reverse();
    before = nextBefore;
  }
}
