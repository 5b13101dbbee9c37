/** getLicense: its answer, its members, its repeats, its identities (license-and-other-types.md 3.2, 3.3). */
import { type Diagnosis, diagnose, inWordsOfLicense, type Words } from '@jishi/protocol';
import { type ConformanceCase, type Session, Skip } from '../case.ts';
import { asWarning } from '../finding.ts';
import { askByGet, type Members } from './calls.ts';
import { caseOf } from './case-of.ts';
import { ACCEPTED } from './identification-accepted.ts';
import { again, purchase, type Term, without } from './members.ts';
import { type Bought, findings, formOf, type Memory, named } from './memory.ts';
import { UNKNOWN_ACTIVITY } from './probe.ts';
import { inShort, isDone, type Reply, textMember } from './reply.ts';
import { judgeValid } from './valid-call.ts';

export function purchaseCases(memory: Memory): readonly ConformanceCase[] {
  const bought = ['getLicense.answer'];
  return [
    caseOf(
      'getLicense.answer',
      ['getLicense answers with an instanceId and a license', 'getLicense 返回 instanceId 和 license'],
      '3.2',
      async (session) => {
        const order = purchase(session, memory.term);
        const reply = await askByGet(session, 'getLicense', order, 'getLicense');
        remember(memory, order, reply);
        return findings(memory, reply);
      },
      { after: ACCEPTED },
    ),
    caseOf(
      'getLicense.repeat',
      [
        'A repeated getLicense gives the same license and instanceId',
        '重复的 getLicense 返回相同的 license 和 instanceId',
      ],
      '3.2',
      (session) => judgeRepeat(session, memory, firstOf(memory), 'getLicense, the same order again'),
      { after: bought },
    ),
    caseOf(
      'getLicense.two-orders',
      ['Two orders get two instanceIds, and each keeps its own', '不同订单的 instanceId 不同，并各自保持不变'],
      '3.2',
      (session) => twoOrders(session, memory),
      { after: ['getLicense.repeat'] },
    ),
    ...(['one-time', 'year', 'month'] as const).map((term) =>
      caseOf(
        `getLicense.${TERM_NAMES[term]}`,
        TERM_TITLES[term],
        '3.2',
        (session) => otherTerm(session, memory, purchase(session, term), TERM_NAMES[term]),
        { after: ACCEPTED },
      ),
    ),
    caseOf(
      'getLicense.charging-mode',
      ['chargingMode=1 means yearly or monthly', 'chargingMode=1 按包周期处理'],
      '3.2',
      (session) =>
        otherTerm(session, memory, purchase(session, 'year', { chargingMode: '1' }), 'yearly, chargingMode=1'),
      { after: [...ACCEPTED, 'getLicense.yearly'], reading: true },
    ),
    caseOf(
      'getLicense.amount',
      ['amount is taken from 1 to 9999999', 'amount 支持 1 到 9999999'],
      '3.3',
      (session) => amounts(session, memory),
      { after: ACCEPTED },
    ),
    caseOf(
      'getLicense.without-optional',
      ['A getLicense without optional parameters is accepted', '接受不带可选参数的 getLicense'],
      '3.2',
      (session) => withoutOptional(session, memory),
      { after: ACCEPTED, reading: true },
    ),
    caseOf(
      'getLicense.not-valid',
      [
        'A getLicense that lacks its order, or an unknown activity, is refused',
        '缺少订单号或 activity 未知的请求被拒绝',
      ],
      '10.1',
      (session) => notValid(session, memory),
      { after: ACCEPTED },
    ),
  ];
}

const TERM_NAMES: Readonly<Record<Term, string>> = { 'one-time': 'one-time', year: 'yearly', month: 'monthly' };
const TERM_TITLES: Readonly<Record<Term, readonly [en: string, zh: string]>> = {
  'one-time': [
    'A one-time purchase (chargingMode 3, no end) gets its license',
    '一次性购买（chargingMode=3，无到期时间）得到 License',
  ],
  year: ['A yearly purchase gets its license', '包年购买得到 License'],
  month: ['A monthly purchase gets its license', '包月购买得到 License'],
};

/** Also of an answer that is malformed elsewhere. */
export function remember(memory: Memory, order: Members, reply: Reply<'getLicense'>): Bought | null {
  const instanceId = isDone(reply) ? textMember(reply, 'instanceId') : null;
  if (instanceId === null) return null;
  const bought = { order, instanceId, license: textMember(reply, 'license') };
  memory.bought.push(bought);
  return bought;
}

/** A repeat has a businessId and a time of its own (L11); all else is equal. */
export async function judgeRepeat(
  session: Session,
  memory: Memory,
  first: Bought,
  label: string,
  live = false,
): Promise<readonly Diagnosis[]> {
  const reply = await askByGet(session, 'getLicense', again(session, first.order), label, { live });
  if (!isDone(reply)) {
    return named(findings(memory, reply), label).map((each) =>
      each.code === 'result.refused' ? { ...each, fix: ANSWER_REPEATS } : each,
    );
  }
  const changed = changes(first, {
    instanceId: textMember(reply, 'instanceId'),
    license: textMember(reply, 'license'),
  });
  return changed.length === 0 ? findings(memory, reply) : changed;
}

/** What differs between two answers to the same order, where both give it. */
export function changes(
  first: Pick<Bought, 'instanceId' | 'license'>,
  again: { readonly instanceId: string | null; readonly license: string | null },
): Diagnosis[] {
  const seen = (one: string, other: string) => ({ seen: `${one.slice(0, SHOWN)}, then ${other.slice(0, SHOWN)}` });
  const id = again.instanceId ?? first.instanceId;
  const license = again.license ?? first.license ?? '';
  return [
    ...(id === first.instanceId ? [] : [diagnose('instance.id-changed', seen(first.instanceId, id))]),
    ...(first.license === null || license === first.license
      ? []
      : [diagnose('license.code-changed', seen(first.license, license))]),
  ].map((each) => inWordsOfLicense('identification', each));
}

/** So many characters of a licence tell it from another. */
const SHOWN = 120;

async function twoOrders(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const first = firstOf(memory);
  const { customerId = '', productId = '', skuCode = '' } = first.order;
  // The same customer buys the same thing once more: only the order is another one.
  const order = purchase(session, memory.term, { customerId, productId, skuCode });
  const reply = await askByGet(session, 'getLicense', order, 'getLicense, a second order');
  const second = remember(memory, order, reply);
  if (second === null) return named(findings(memory, reply), 'getLicense, a second order');
  if (second.instanceId === first.instanceId) return [shared(first, second)];
  return judgeRepeat(session, memory, first, 'getLicense, the first order again, after another one');
}

export function shared(first: Bought, second: Bought): Diagnosis {
  const seen = `${first.instanceId} for ${first.order.orderId} and for ${second.order.orderId}`;
  return inWordsOfLicense('identification', diagnose('instance.id-shared', { seen }));
}

/** What a product is not sold by is refused rightly (L3). */
async function otherTerm(
  session: Session,
  memory: Memory,
  order: Members,
  label: string,
): Promise<readonly Diagnosis[]> {
  const reply = await askByGet(session, 'getLicense', order, `getLicense, ${label}`);
  if (reply.content.outcome !== 'refused') return findings(memory, reply);
  const call = { activity: 'getLicense' as const, members: order, label: `getLicense, ${label}` };
  if (reply.content.resultCode === '000001') return judgeValid(session, memory, call, reply);
  throw new Skip(notSoldSo(reply));
}

async function amounts(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  for (const amount of ['1', '9999999']) {
    const members = purchase(session, memory.term, { amount, customerName: '企'.repeat(64) });
    const label = `getLicense, amount=${amount}, a customerName of 64 characters`;
    const reply = await askByGet(session, 'getLicense', members, label);
    // A limit of the attribute is the seller's own; the marketplace keeps to it (L14).
    const isLimit = amount !== '1' && reply.content.resultCode === '000002';
    if (!isDone(reply) && !isLimit)
      return judgeValid(session, memory, { activity: 'getLicense', members, label }, reply);
  }
  return [];
}

async function withoutOptional(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const full = purchase(session, memory.term);
  const bare = without(full, 'customerName', 'skuCode');
  const label = 'getLicense without customerName and skuCode';
  const reply = await askByGet(session, 'getLicense', bare, label);
  if (!isDone(reply)) return judgeValid(session, memory, { activity: 'getLicense', members: bare, label }, reply);
  const noAmount = await askByGet(session, 'getLicense', without(full, 'amount'), 'getLicense without amount');
  if (isDone(noAmount)) return [];
  // Where every specification has the attribute it never lacks (L13).
  return findings(memory, noAmount).map((each) => ({ ...asWarning(each), fix: MAY_LACK_AMOUNT }));
}

async function notValid(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const plain = purchase(session, memory.term);
  const calls: readonly [en: string, zh: string, Members][] = [
    ['a getLicense without orderId', '缺少 orderId 的 getLicense', without(plain, 'orderId')],
    ['an unknown activity', '未知的 activity', { ...plain, activity: UNKNOWN_ACTIVITY }],
  ];
  const found = await Promise.all(
    calls.map(async ([request, requestZh, members]) => {
      const reply = await askByGet(session, 'getLicense', members, request);
      // The marketplace itself makes no such call.
      if (!isDone(reply)) return formOf(memory, reply).map(asWarning);
      const values = { request, requestZh, seen: `${request}: ${inShort(reply)}` };
      return [inWordsOfLicense('identification', diagnose('result.not-refused', values))];
    }),
  );
  return found.flat();
}

export function firstOf({ bought: [first] }: Memory): Bought {
  if (first === undefined) throw new Skip(NO_ID);
  return first;
}

const NO_ID: Words = { zh: 'getLicense 没有返回 instanceId', en: 'getLicense gave no instanceId' };

function notSoldSo({ content }: Reply<'getLicense'>): Words {
  const code = content.resultCode ?? '';
  return {
    zh: `返回 ${code}：该商品应该不以这种方式销售`,
    en: `Answered ${code}: the product is probably not sold in this way`,
  };
}

const ANSWER_REPEATS: Words = {
  zh: '对同一 orderId 的重复请求，原样返回首次保存的 instanceId、license 和 000000，不要报“重复”或“已存在”。',
  en: 'Answer a repeat for the same orderId with 000000 and the stored instanceId and license, not with “duplicate” or “exists already”.',
};

const MAY_LACK_AMOUNT: Words = {
  zh: '规格不含线性属性“数量”时，请求中没有 amount：请按 1 处理。若所有规格都含该属性，可忽略。',
  en: 'A specification without the quantity attribute sends no amount: treat that as 1. Ignore this if all your specifications have it.',
};
