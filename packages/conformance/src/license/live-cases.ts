/** The life of throw-away licences without the test mark: only here does it show whether a seller keeps what it was told. */
import { type Diagnosis, diagnose, inWordsOfLicense, type Words } from '@jishi/protocol';
import { type ConformanceCase, type Session, Skip } from '../case.ts';
import { asWarning } from '../finding.ts';
import { orderMayBeLookedUp } from '../saas-v2/live-creations.ts';
import { PLAIN } from '../saas-v2/signature-cases.ts';
import { applied, repeats, UNKNOWN_INSTANCE } from './application-cases.ts';
import { askByGet, askByPost } from './calls.ts';
import { caseOf } from './case-of.ts';
import { ACCEPTED } from './identification-accepted.ts';
import { repeated, unknown } from './identification-changes.ts';
import { changes, judgeRepeat, shared } from './identification-purchases.ts';
import { application, expiry, order, purchase, release, renewal } from './members.ts';
import { type Bought, findings, type Memory, named } from './memory.ts';
import { untilReady } from './provisioning-cases.ts';
import { type AnyReply, isDone, isPending, type Reply, textMember } from './reply.ts';
import { askValid, judgeValid, type ValidCall } from './valid-call.ts';

const AFTER_RELEASE = 'getLicense, live, another order again, after the release of the first';
const BOUGHT = [...ACCEPTED, 'live.getLicense'];

/** Online 1.0: bought, bought again, renewed, expired, renewed, released; each twice. */
export function identificationLiveCases(memory: Memory): readonly ConformanceCase[] {
  let first: Bought | null = null;
  const given: Bought[] = [];
  const known = (): Bought => {
    if (first === null) throw new Skip(NO_LICENSE);
    return first;
  };
  const live = (
    what: string,
    title: readonly [en: string, zh: string],
    run: (session: Session) => Promise<readonly Diagnosis[]>,
    after: readonly string[] = BOUGHT,
  ) => caseOf(`live.${what}`, title, '3', run, { after, live: true });
  const buy = async (session: Session, label: string, members = purchase(session, memory.term)) => {
    const reply = await askByGet(session, 'getLicense', members, label, { live: true });
    const bought = boughtBy(members, reply);
    if (bought !== null) given.push(bought);
    return { reply, bought };
  };
  const twice = (session: Session, call: Omit<ValidCall, 'live'>) => carriedOutTwice(session, memory, call);
  return [
    live(
      'getLicense',
      ['A live order gets a licence', '正式订单得到 License'],
      async (session) => {
        const { reply, bought } = await buy(session, 'getLicense, live');
        first = bought;
        const found = findings(memory, reply);
        return reply.content.outcome === 'refused' ? found.map(orderMayBeLookedUp) : found;
      },
      ACCEPTED,
    ),
    live('getLicense-repeat', ['Its repeat gets the same licence', '重复请求得到同一个 License'], (session) =>
      judgeRepeat(session, memory, known(), 'getLicense, live, the same order again', true),
    ),
    live(
      'getLicense-two-orders',
      ['Another order gets another licence', '另一订单得到另一个 License'],
      async (session) => {
        const one = known();
        const { reply, bought } = await buy(session, 'getLicense, live, another order');
        if (bought === null) return findings(memory, reply);
        if (bought.instanceId === one.instanceId) return [shared(one, bought)];
        if (bought.license !== null && bought.license === one.license) return [sameLicense(one)];
        return judgeRepeat(session, memory, one, 'getLicense, live, the first order again, after another one', true);
      },
    ),
    live(
      'getLicense-simultaneous',
      ['Two simultaneous calls for one order get one licence', '同一订单的两个并发请求得到同一个 License'],
      async (session) => {
        const members = purchase(session, memory.term);
        const made = await Promise.all(
          ['one', 'other'].map((which) => buy(session, `getLicense, live, the ${which} of two at once`, members)),
        );
        // One of them may be refused for now: it is repeated later.
        const [first, second] = made.flatMap(({ bought }) => bought ?? []);
        return first === undefined || second === undefined ? [] : changes(first, second);
      },
    ),
    live(
      'testFlag',
      ['Calls with testFlag leave no live licence behind', '带 testFlag 的请求不产生正式 License'],
      (session) => testFlag(session, memory),
    ),
    live('refreshLicense', ['A renewal, twice', '续费，重复一次'], (session) =>
      twice(session, renewalOf(session, known())),
    ),
    live('expireLicense', ['Expired twice, then revived by a renewal', '过期两次，再由续费恢复'], async (session) => {
      const bought = known();
      const expired = await twice(session, {
        activity: 'expireLicense',
        members: expiry(bought.instanceId, bought.order.orderId ?? ''),
        label: 'expireLicense, live',
        isOptional: true,
      });
      return expired.length > 0 ? expired : twice(session, renewalOf(session, bought));
    }),
    live(
      'license-unknown',
      ['Operations on a licence that never existed answer 000003', '对不存在的 License 进行操作返回 000003'],
      (session) => unknown(session, memory, true),
    ),
    live('releaseLicense', ['Released, twice', '释放，重复一次'], async (session) => {
      const call = (bought: Bought, label: string) => ({
        activity: 'releaseLicense' as const,
        members: release(bought.instanceId, bought.order.orderId ?? ''),
        label,
      });
      const found = await twice(session, call(known(), 'releaseLicense, live'));
      const others = given.filter(({ instanceId }) => instanceId !== known().instanceId);
      const [second] = others;
      // The release is that of one licence: the other is still there.
      const rest = second === undefined ? [] : await judgeRepeat(session, memory, second, AFTER_RELEASE, true);
      for (const other of others) await askValid(session, { ...call(other, 'tidying up'), live: true });
      return found.length > 0 ? found : rest;
    }),
  ];
}

/** Some products have one licence for all; most should not. */
function sameLicense({ license }: Bought): Diagnosis {
  const found = diagnose('instance.id-shared', { seen: `${license?.slice(0, 120)} for two orders` });
  return { ...asWarning(inWordsOfLicense('identification', found)), summary: SAME_LICENSE };
}

const SAME_LICENSE: Words = {
  zh: '两个订单得到了同一个 license',
  en: 'Two orders got the same license',
};

function boughtBy(members: Bought['order'], reply: Reply<'getLicense'>): Bought | null {
  const instanceId = isDone(reply) ? textMember(reply, 'instanceId') : null;
  return instanceId === null ? null : { order: members, instanceId, license: textMember(reply, 'license') };
}

function renewalOf(session: Session, { instanceId }: Bought): Omit<ValidCall, 'live'> {
  const members = renewal(session, instanceId);
  return { activity: 'refreshLicense', members, label: 'refreshLicense, live', isOptional: true };
}

async function carriedOutTwice(
  session: Session,
  memory: Memory,
  call: Omit<ValidCall, 'live'>,
): Promise<readonly Diagnosis[]> {
  const live = { ...call, live: true };
  const found = await judgeValid(session, memory, live, await askValid(session, live));
  return found.length > 0 ? found : repeated(session, memory, live);
}

/** A live renewal of a test licence has to fail like that of one that never existed. */
async function testFlag(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const [test] = memory.bought;
  if (test === undefined) throw new Skip(NO_LICENSE);
  const renewed = (instanceId: string, label: string): Promise<AnyReply> =>
    askByGet(session, 'refreshLicense', renewal(session, instanceId), `refreshLicense, live, ${label}`, { live: true });
  const reply = await renewed(test.instanceId, 'a licence of a test call');
  if (!isDone(reply) || isDone(await renewed(session.uuid(), 'a licence of nobody’s'))) return [];
  const seen = `refreshLicense, live, for ${test.instanceId}, which a test call got: 000000`;
  return [inWordsOfLicense('identification', diagnose('security.test-flag-ignored', { seen }))];
}

/** Online provisioning: an instance of its own, two applications with their repeats, and its release. */
export function applicationLiveCase(memory: Memory): ConformanceCase {
  return caseOf(
    'live.getLicenseAsync',
    ['A live instance is granted licences, each application once', '正式实例可申请 License，每个申请只计一次'],
    '5',
    (session) => appliedLive(session, memory),
    { after: PLAIN, live: true },
  );
}

async function appliedLive(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const label = 'newInstance, live, to apply for licences';
  const created = await askByPost(session, 'newInstance', order(session), label, { live: true });
  const instanceId = textMember(created, 'instanceId');
  if (instanceId === null || !(isDone(created) || isPending(created))) throw new Skip(NO_LICENSE);
  if (isPending(created)) await untilReady(session, instanceId, true);
  const members = application(session, instanceId);
  const first = await applied(session, memory, members, { label: 'getLicenseAsync, live', live: true });
  const found =
    first === 'unknown' ? [UNKNOWN_INSTANCE] : first.length > 0 ? first : await repeats(session, memory, members, true);
  const tidy = { activity: 'releaseInstance', instanceId };
  await askByPost(session, 'releaseInstance', tidy, 'tidying up', { live: true });
  return named(found, 'live');
}

const NO_LICENSE: Words = {
  zh: '没有得到 License 或实例，无法判断',
  en: 'There is no licence or instance to judge by',
};
