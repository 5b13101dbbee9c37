/** newInstance: its answer, its members, its repeats, its identities (saas-v1.md 6.0.1). */
import { type Diagnosis, diagnose, encodeExtendParamsV1, inWordsOfV1 } from '@jishi/protocol';
import { type ConformanceCase, type Session, Skip } from '../case.ts';
import { ask, askUntilDone, isDone, isPending, isTaken } from './ask.ts';
import { type Bought, findings, instanceIdIn, type Memory, named } from './memory.ts';
import { again, type ChargingMode, freshId, type Parameters, purchase } from './parameters.ts';
import { type Reading, saidBy } from './reading.ts';
import { judgeValid } from './valid-call.ts';

const REFERENCE = 'saas-v1.md 6.0.1';

export function purchaseCases(memory: Memory): readonly ConformanceCase[] {
  return [
    {
      name: 'newInstance.answer',
      title: {
        zh: 'newInstance 返回 instanceId、frontEndUrl 以及可解密的账号和密码',
        en: 'newInstance answers instanceId, frontEndUrl and account data that can be decrypted',
      },
      reference: REFERENCE,
      after: ['signature.accepted'],
      async run(session) {
        const order = purchase(session, memory);
        const reading = await askUntilDone(session, 'newInstance', order, 'newInstance');
        const instanceId = instanceIdIn(reading);
        if (isDone(reading) && instanceId !== null) memory.bought.unshift({ order, instanceId });
        if (isPending(reading)) return [unfinished(reading)];
        const found = findings(memory, reading);
        for (const { code } of found) memory.ofPurchase.add(code);
        return found;
      },
    },
    {
      name: 'newInstance.all-members',
      title: {
        zh: '带有全部可选参数的 newInstance 得到同样完整的响应',
        en: 'A newInstance with every optional parameter is answered just as completely',
      },
      reference: REFERENCE,
      after: ['signature.accepted'],
      run: (session) =>
        judgeTaken(session, memory, purchase(session, memory, EVERY_OPTIONAL), 'every optional parameter'),
    },
    {
      name: 'newInstance.longest',
      title: {
        zh: '达到长度上限的参数值被接受',
        en: 'Values at the limit of their length are taken',
      },
      reference: REFERENCE,
      after: ['newInstance.all-members', 'encoding.non-ascii'],
      run: (session) =>
        judgeTaken(session, memory, purchase(session, memory, longest(session)), 'values at their limits'),
    },
    {
      name: 'newInstance.repeat',
      title: {
        zh: '重复的 newInstance 返回同一个 instanceId',
        en: 'A repeated newInstance gives the same instanceId',
      },
      reference: REFERENCE,
      after: ['newInstance.answer'],
      async run(session) {
        const first = firstOf(memory);
        return judgeRepeat(session, memory, first, 'newInstance, the same order again');
      },
    },
    {
      name: 'newInstance.two-orders',
      title: {
        zh: '不同订单的 instanceId 不同，之后的重复请求仍返回各自的 instanceId',
        en: 'Two orders get two instanceIds, and each keeps its own',
      },
      reference: REFERENCE,
      after: ['newInstance.repeat'],
      run: (session) => judgeTwoOrders(session, memory),
    },
    {
      name: 'newInstance.one-time',
      title: {
        zh: '一次性商品（chargingMode=3，无到期时间）的 newInstance 得到完整响应',
        en: 'A one-time purchase (chargingMode 3, no end) is answered completely',
      },
      reference: REFERENCE,
      after: ['newInstance.answer'],
      run: (session) => judgeMode(session, memory, '3', 'one-time, no expireTime'),
    },
    {
      name: 'newInstance.on-demand',
      title: {
        zh: '按需订单（chargingMode=0）按 orderId + productId 区分实例',
        en: 'A pay-per-use order (chargingMode 0) is one instance for each productId',
      },
      reference: REFERENCE,
      after: ['newInstance.two-orders'],
      run: (session) => judgeOnDemand(session, memory),
    },
  ];
}

/** A repeat has a businessId and a time of its own; all else is equal. `onOther` hears of an id that it should not have given. */
export async function judgeRepeat(
  session: Session,
  memory: Memory,
  { order, instanceId, hasAccess }: Bought,
  label: string,
  { live = false, onOther }: { readonly live?: boolean; readonly onOther?: (other: Bought) => void } = {},
): Promise<readonly Diagnosis[]> {
  const reading = await askUntilDone(session, 'newInstance', again(session, order), label, {
    live,
    wantsAccess: hasAccess ?? !live,
  });
  const given = instanceIdIn(reading);
  if (!isDone(reading) || given === null || given === instanceId) return named(findings(memory, reading), label);
  onOther?.({ order, instanceId: given });
  return [inWordsOfV1(diagnose('instance.id-changed', { seen: `${instanceId}, then ${given}` }))];
}

async function judgeTwoOrders(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const first = firstOf(memory);
  const { customerId = '', productId = '', skuCode = '' } = first.order;
  // The same customer buys the same thing once more: only the order is another one.
  const second = await buy(
    session,
    purchase(session, memory, { customerId, productId, skuCode }),
    'newInstance, a second order',
  );
  if (second === null) throw new Skip(REFUSED_SECOND);
  if (second.instanceId === first.instanceId) return [await sharedId(session, memory, first)];
  memory.bought.push(second);
  return judgeRepeat(session, memory, first, 'newInstance, the first order again, after another one');
}

/** A server that makes up one id for all debugging calls says so in the id; whether it confuses real orders shows live. */
async function sharedId(session: Session, memory: Memory, { instanceId }: Bought): Promise<Diagnosis> {
  const third = await buy(
    session,
    purchase(session, memory, { productId: freshId(session) }),
    'newInstance, another customer',
  );
  const isOneForAll = third?.instanceId === instanceId;
  const found = inWordsOfV1(diagnose('instance.id-shared', { seen: `${instanceId} for two orders` }));
  return isOneForAll && /test|debug|demo|mock|sample/i.test(instanceId) ? { ...found, severity: 'warning' } : found;
}

async function judgeMode(
  session: Session,
  memory: Memory,
  mode: ChargingMode,
  label: string,
): Promise<readonly Diagnosis[]> {
  const order = purchase(session, { mode });
  const reading = await ask(session, 'newInstance', order, `newInstance, ${label}`);
  if (reading.content.outcome === 'refused' && !isPending(reading)) throw new Skip(otherMode(reading));
  return isPending(reading) ? [] : findings(memory, reading).filter(({ code }) => !memory.ofPurchase.has(code));
}

/** One order line for each billing item: the same order, two products. Only a warning: a product that is not sold so never meets it. */
async function judgeOnDemand(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const order = purchase(session, { mode: '0' });
  const reading = await ask(session, 'newInstance', order, 'newInstance, pay-per-use');
  if (reading.content.outcome === 'refused' && !isPending(reading)) throw new Skip(otherMode(reading));
  const found = isPending(reading) ? [] : findings(memory, reading).filter(({ code }) => !memory.ofPurchase.has(code));
  const other = await buy(session, { ...order, productId: freshId(session) }, 'newInstance, its second billing item');
  const given = instanceIdIn(reading);
  if (found.length > 0 || other === null || other.instanceId !== given) return found;
  const seen = `${given} for two products of a pay-per-use order`;
  const shared = inWordsOfV1(diagnose('instance.id-shared', { seen }));
  return [{ ...shared, severity: 'warning', fix: BY_PRODUCT }];
}

async function judgeTaken(
  session: Session,
  memory: Memory,
  order: Parameters,
  label: string,
): Promise<readonly Diagnosis[]> {
  const reading = await ask(session, 'newInstance', order, `newInstance, ${label}`);
  if (isPending(reading)) return [];
  const found = await judgeValid(session, memory, { activity: 'newInstance', parameters: order, label }, reading);
  return found.filter(({ code }) => !memory.ofPurchase.has(code));
}

async function buy(session: Session, order: Parameters, label: string): Promise<Bought | null> {
  const reading = await askUntilDone(session, 'newInstance', order, label);
  const instanceId = isTaken(reading) ? instanceIdIn(reading) : null;
  return instanceId === null ? null : { order, instanceId };
}

function firstOf({ bought: [first] }: Memory): Bought {
  if (first === undefined) throw new Skip(NO_ID);
  return first;
}

export function unfinished(reading: Reading<'newInstance'>): Diagnosis {
  return inWordsOfV1(diagnose('instance.async-unfinished', { seen: saidBy(reading) }));
}

const EVERY_OPTIONAL: Parameters = {
  amount: '30',
  bandWidth: '10',
  diskSize: '500',
  orderAmount: '1200.5',
  provisionType: '1',
  saasExtendParams: encodeExtendParamsV1([{ name: 'emailDomainName', value: 'acme.example' }]),
  trialFlag: '0',
  userId: '68cbc86abc2018ab880d92f36422fa0e',
  userName: 'conformance',
};

/** Ids stay as long as real ones: sellers build their own from them. */
function longest(session: Session): Parameters {
  const extensions = [{ name: 'identificationCode', value: session.randomText(1_400) }];
  return {
    ...EVERY_OPTIONAL,
    amount: '9999999',
    customerName: '企'.repeat(64),
    orderAmount: '9999999999999999.999',
    saasExtendParams: encodeExtendParamsV1(extensions),
    userId: session.randomText(64),
    userName: '名'.repeat(64),
  };
}

function otherMode({ content }: Reading<'newInstance'>) {
  const code = content.resultCode ?? '';
  return {
    zh: `返回 ${code}：该商品应该不以这种计费模式销售`,
    en: `Answered ${code}: the product is probably not sold in this billing mode`,
  };
}

const NO_ID = { zh: 'newInstance 没有返回 instanceId', en: 'newInstance gave no instanceId' };
const REFUSED_SECOND = { zh: '第二个订单被拒绝', en: 'The second order was refused' };
const BY_PRODUCT = {
  zh: '按需商品有多个计费项时，同一 orderId 会按 productId 多次调用 newInstance：以 orderId + productId 区分实例。商品不按需销售时可忽略。',
  en: 'A pay-per-use order with several billing items comes as several newInstance calls: tell them apart by orderId and productId. Ignore this if the product is not sold pay-per-use.',
};
