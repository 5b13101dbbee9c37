/** Values of the debugging station → what the console API shows. */
import type { z } from 'zod';
import type { LocalizedText } from '../../catalog/index.ts';
import {
  type AddressBook,
  type DebugCase,
  type DebugProduct,
  FAILING_DAYS_TO_FREEZE,
  firstMessage,
  MOST_FAILED_ORDERS,
  PROOF_PATH,
  type ProbedProduct,
  proofRecord,
  type Run,
} from '../../debugging/index.ts';
import type { NameOfActor } from './actors.ts';
import type * as schemas from './debugging-schemas.ts';

type View<S extends z.ZodType> = z.infer<S>;
type State = View<typeof schemas.debugRun>['state'];
type Round = ProbedProduct['rounds'][number];

const stateOf = (passed: boolean | null): State => (passed === null ? 'RUNNING' : passed ? 'PASSED' : 'FAILED');

export function presentAddresses(
  book: AddressBook,
  nameOf: (goodsId: string) => LocalizedText,
): View<typeof schemas.addressBook> {
  return {
    addresses: book.addresses.map((address) => ({
      addressId: address.address_id,
      origin: address.origin,
      state: address.verified_by === null ? 'UNVERIFIED' : 'VERIFIED',
      verifiedBy: address.verified_by,
      checking: address.checking,
      checkedAt: address.checked_at?.toISOString() ?? null,
      fault: address.fault,
      proof: {
        token: address.token,
        fileUrl: address.origin + PROOF_PATH,
        dnsName: proofRecord(address.origin),
      },
      keys: address.bindings.map((binding) => ({
        interfaceClass: binding.interface_class,
        keyId: binding.key_id,
        boundAt: binding.bound_at.toISOString(),
      })),
      products: address.goodsIds.map((goodsId) => ({ goodsId, name: nameOf(goodsId) })),
    })),
    keys: book.keys.map(({ keyId, interfaceClass, createdAt }) => ({
      keyId,
      interfaceClass,
      createdAt: createdAt.toISOString(),
      boundTo: book.addresses
        .filter((address) => address.bindings.some((binding) => binding.key_id === keyId))
        .map((address) => address.origin),
    })),
  };
}

export function presentDebugProduct({ product, name, required }: DebugProduct): View<typeof schemas.debugProduct> {
  const { goodsId, state: status, protocol, productionUrl, keyId } = product;
  return {
    goodsId,
    name,
    status,
    protocol,
    productionUrl,
    keyId,
    required: required.map(({ key, activity, variant, done }) => ({ key, activity, variant, done })),
  };
}

export function presentRun(run: Run, actorOf: NameOfActor): View<typeof schemas.debugRun> {
  const { record } = run;
  return {
    runId: run.id,
    goodsId: run.goods_id ?? '',
    activity: run.activity,
    parameters: run.parameters,
    url: run.url,
    state: stateOf(run.passed),
    caseId: run.case_id,
    actor: actorOf(run.actor),
    startedAt: record?.startedAt ?? run.created_at.toISOString(),
    durationMs: record?.durationMs ?? null,
    httpStatus: record?.httpStatus ?? null,
    resultCode: record?.resultCode ?? null,
    resultMsg: record?.resultMsg ?? null,
    checks: record?.checks ?? [],
    diagnosis: record?.diagnosis ?? [],
    request: record?.request ?? null,
    response: record?.response ?? null,
  };
}

export function presentCase(
  saved: DebugCase,
  productName: LocalizedText,
  last: Run | undefined,
  actorOf: NameOfActor,
): View<typeof schemas.debugCase> {
  const { caseId, goodsId, activity, parameters, url, savedBy } = saved;
  return {
    caseId,
    goodsId,
    productName,
    activity,
    parameters,
    url,
    savedBy: actorOf(savedBy),
    savedAt: saved.savedAt.toISOString(),
    last: last
      ? { runId: last.id, at: (last.finished_at ?? last.created_at).toISOString(), state: stateOf(last.passed) }
      : null,
  };
}

export function presentRound(round: Round): View<typeof schemas.probeRound> {
  return {
    roundId: round.roundId,
    day: round.day,
    slot: round.slot,
    startedAt: round.startedAt.toISOString(),
    state: stateOf(round.passed),
    runs: round.runs.map((run) => ({
      runId: run.id,
      activity: run.activity,
      state: stateOf(run.passed),
      message: firstMessage(run.record?.checks ?? []),
    })),
  };
}

export function presentProbed(
  probed: ProbedProduct,
  sellerName: string,
  actorOf: NameOfActor,
): View<typeof schemas.probedProduct> {
  const { product, rounds } = probed;
  const [last] = rounds;
  const [sanction] = probed.sanctions;
  return {
    goodsId: product.goodsId,
    productName: probed.name,
    sellerId: product.sellerId,
    sellerName,
    status: product.state,
    cases: probed.cases,
    failingDays: probed.failingDays,
    failingDaysLimit: FAILING_DAYS_TO_FREEZE,
    failedOrders: probed.failedOrders.ofProduct,
    sellerFailedOrders: probed.failedOrders.ofSeller,
    failedOrdersLimit: MOST_FAILED_ORDERS,
    flagged: probed.flagged,
    nextProbeAt: probed.supervised.probeAt?.toISOString() ?? null,
    running: rounds.some((round) => round.finishedAt === null),
    today: todayOf(rounds.filter((round) => round.day === probed.today)),
    lastRound: last ? presentRound(last) : null,
    frozen:
      product.state === 'TRADE_FROZEN' && sanction?.kind === 'FREEZE'
        ? { by: actorOf(sanction.actor), reason: sanction.reason, at: sanction.at.toISOString() }
        : null,
  };
}

/** An interface failed in a round when one of its cases did. */
function todayOf(rounds: readonly Round[]): View<typeof schemas.probedProduct>['today'] {
  const activities = [...new Set(rounds.flatMap((round) => round.runs.map((run) => run.activity)))];
  return activities.map((activity) => {
    const outcome = (slot: Round['slot']): State | null => {
      const runs = rounds.find((round) => round.slot === slot)?.runs.filter((run) => run.activity === activity) ?? [];
      if (runs.length === 0) return null;
      if (runs.some((run) => run.passed === false)) return 'FAILED';
      return runs.some((run) => run.passed === null) ? 'RUNNING' : 'PASSED';
    };
    return { activity, morning: outcome('MORNING'), afternoon: outcome('AFTERNOON'), manual: outcome('MANUAL') };
  });
}
