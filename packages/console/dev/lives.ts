import type {
  CustomerView,
  DifferenceView,
  RefundView,
  RestartManyView,
  SellerCallView,
  SubscriptionView,
  TimelineEntryView,
} from '@jishi/marketplace/console-api';
import { refuse } from './refusal.ts';
import type { FakeAnswer, FakeRequest } from './routes.ts';
import { fakeNow, inDays } from './services.ts';
import { listServices, timelineOf } from './subscription-routes.ts';
import type { World } from './world.ts';

/** Routes of sellers and operators who look after running services; undefined = not one of them. `?product=boom` fails. */
export function livesAnswer(
  world: World,
  { query, body, session }: FakeRequest,
  route: string,
  id: string,
): FakeAnswer | undefined {
  const staff = session?.area === 'seller' || session?.area === 'operator' ? session.area : null;
  if (staff === null) return undefined;
  if (query.get('product') === 'boom' || query.get('name') === 'boom') refuse(500, 'INTERNAL', 'Internal error');
  switch (route) {
    case 'GET calls': {
      const [state, protocol, activity] = [query.get('state'), query.get('protocol'), query.get('activity')];
      return page(
        world.calls
          .map((one) => one.call)
          .filter(
            (one) =>
              (state === null || one.state === state) &&
              (protocol === null || one.protocol === protocol) &&
              (activity === null || one.activity === activity),
          ),
      );
    }
    case 'POST calls :id':
      return { json: restartMany(world, JSON.parse(body).callIds) };
    case 'POST calls :id stop':
      return { json: end(world, id, 'STOPPED', session?.loginName ?? '', JSON.parse(body).reason) };
    case 'POST calls :id done':
      return { json: end(world, id, 'RESOLVED', session?.loginName ?? '', JSON.parse(body).reason) };
    case 'GET services': {
      const buyer = query.get('buyer') ?? '';
      return page(listServices(world, query).filter((one) => one.buyerName.includes(buyer)));
    }
    case 'GET services :id':
      return { json: subscriptionOf(world, id) };
    case 'GET services :id timeline':
      return { json: { items: lifeOf(world, id) } };
    case 'POST services :id violation-freeze':
      return { json: violate(world, id, JSON.parse(body)) };
    case 'POST services :id cure':
      return { json: violate(world, id, null) };
    case 'GET customers':
      return page(customers.filter((one) => one.buyerName.includes(query.get('name') ?? '')));
    case 'POST differences :id':
      return { json: JSON.parse(body) };
    case 'GET differences':
      return page(differences);
    case 'GET refunds': {
      const state = query.get('state');
      return page(world.refunds.filter((one) => state === null || one.state === state).map(forStaff(staff)));
    }
    case 'GET refunds :id':
      return { json: forStaff(staff)(refundOf(world, id)) };
    case 'POST refunds :id decision': {
      const { agree, comment }: { agree: boolean; comment: string } = JSON.parse(body);
      const refund = refundOf(world, id);
      const large = staff === 'seller' && Number(refund.amount.amount) > 50_000;
      const state = !agree ? 'REJECTED' : large ? 'LARGE_REVIEW' : 'DONE';
      const decided: RefundView = {
        ...refund,
        state,
        comment,
        decidedAt: fakeNow,
        refundOrderId: state === 'DONE' ? 'CS26112400098' : null,
        may: { withdraw: false, decide: false },
      };
      world.refunds[world.refunds.indexOf(refund)] = decided;
      return { json: forStaff(staff)(decided) };
    }
    default:
      return undefined;
  }
}

const page = (items: readonly unknown[]): FakeAnswer => ({ json: { items, nextCursor: null } });

function restartMany(world: World, callIds: readonly string[]): RestartManyView {
  const refused: RestartManyView['refused'] = [];
  const restarted: string[] = [];
  for (const callId of callIds) {
    const found = world.calls.find((one) => one.call.callId === callId);
    if (found === undefined) continue;
    // one of them was overtaken meanwhile
    if (callId === 'call-0006') {
      const message = { zh: '同一实例、同一接口的更新调用已经成功', en: 'a newer call of the same instance succeeded' };
      refused.push({ callId, code: 'NEWER_SUCCEEDED', message });
      continue;
    }
    found.call = { ...found.call, state: 'DUE', restarted: true, nextAttemptAt: fakeNow };
    restarted.push(callId);
  }
  return { restarted, refused };
}

function end(world: World, callId: string, state: 'STOPPED' | 'RESOLVED', by: string, reason: string): SellerCallView {
  const found = world.calls.find((one) => one.call.callId === callId) ?? refuse(404, 'NOT_FOUND', 'No such call');
  if (state === 'STOPPED' && found.call.state !== 'DUE') refuse(409, 'CALL_STATE', 'not now');
  const message = { zh: '该调用已由人工处理完成', en: 'the call was closed by hand' };
  found.call = {
    ...found.call,
    state,
    nextAttemptAt: null,
    closed: { by, reason },
    restartBlockedBy: state === 'RESOLVED' ? { code: 'CALL_CLOSED', message } : found.call.restartBlockedBy,
  };
  return found.call;
}

function subscriptionOf(world: World, resourceId: string): SubscriptionView {
  const instance = world.instances.find((one) => one.resourceId === resourceId);
  const life = world.lives.get(resourceId) ?? world.lives.get('res-fresh');
  if (instance === undefined || life === undefined) return refuse(404, 'NOT_FOUND', 'No such service');
  return { instance, ...life };
}

function violate(
  world: World,
  resourceId: string,
  found: { reason: string; evidence: string; references: string[] } | null,
): SubscriptionView {
  const { instance, ...life } = subscriptionOf(world, resourceId);
  world.instances[world.instances.indexOf(instance)] = {
    ...instance,
    state: found === null ? 'ACTIVE' : 'VIOLATION_FROZEN',
  };
  world.lives.set(resourceId, { ...life, violation: found === null ? null : { ...found, at: fakeNow } });
  return subscriptionOf(world, resourceId);
}

/** A life with everything in it, on top of what the periods tell. */
function lifeOf(world: World, resourceId: string): TimelineEntryView[] {
  const entry = (
    days: number,
    kind: TimelineEntryView['kind'],
    outcome: TimelineEntryView['outcome'],
    [zh, en]: readonly [string, string],
    detail: readonly [string, string] | null,
    ref: TimelineEntryView['ref'],
  ): TimelineEntryView => ({
    at: inDays(days),
    kind,
    outcome,
    title: { zh, en },
    detail: detail && { zh: detail[0], en: detail[1] },
    ref,
  });
  const call = { kind: 'call', id: 'call-0005' } as const;
  return [
    ...timelineOf(world, resourceId),
    entry(-20, 'money', 'ok', ['余额支付', 'Paid from the balance'], ['1200.00 CNY', '1200.00 CNY'], {
      kind: 'ledger',
      id: '5b0d',
    }),
    entry(
      -20,
      'call',
      'failed',
      ['调用商家：续费（第 1 次）', 'Seller called: refreshInstance (attempt 1)'],
      ['000100 套餐不存在 · 480 ms', '000100 no such plan · 480 ms'],
      call,
    ),
    entry(
      -19.9,
      'call',
      'failed',
      ['已停止调用商家：续费', 'Calls to the seller stopped: refreshInstance'],
      null,
      call,
    ),
    entry(
      -3,
      'instance',
      'failed',
      ['因违规冻结', 'Frozen for a violation'],
      ['发送垃圾短信', 'sent unsolicited messages'],
      { kind: 'instance', id: resourceId },
    ),
    entry(-2, 'instance', 'ok', ['违规已整改', 'The violation is cured'], null, { kind: 'instance', id: resourceId }),
    entry(
      -1,
      'order',
      'waiting',
      ['申请退订', 'Unsubscription asked for'],
      ['8000.00 CNY · 功能不符合预期', '8000.00 CNY · not what was expected'],
      { kind: 'refund', id: 'RF261124001' },
    ),
  ];
}

const forStaff =
  (area: 'seller' | 'operator') =>
  (refund: RefundView): RefundView => ({
    ...refund,
    may: { withdraw: false, decide: refund.state === (area === 'operator' ? 'LARGE_REVIEW' : 'SELLER_REVIEW') },
  });

function refundOf(world: World, refundId: string): RefundView {
  return world.refunds.find((one) => one.refundId === refundId) ?? refuse(404, 'NOT_FOUND', 'No such application');
}

const customers: readonly CustomerView[] = [
  {
    buyerId: 't-buyer',
    buyerName: '晨星科技',
    accountName: 'chenxing',
    orders: 18,
    amount: { amount: '128400.00', currency: 'CNY' },
    services: 16,
    activeServices: 11,
    firstOrderAt: inDays(-1055),
    lastOrderAt: inDays(-1),
  },
  {
    buyerId: 't-other',
    buyerName: '北辰制造（苏州）有限公司',
    accountName: 'beichen_mfg',
    orders: 1,
    amount: { amount: '0.00', currency: 'CNY' },
    services: 1,
    activeServices: 0,
    firstOrderAt: inDays(-40),
    lastOrderAt: inDays(-40),
  },
];

const about = {
  goodsId: 'GOODS-TEAMDESK',
  sellerId: 't-seller',
  sellerName: '云帆软件',
  since: inDays(-2),
  lastSeenAt: inDays(-0.1),
};
const differences: readonly DifferenceView[] = [
  {
    ...about,
    differenceId: 'res-soon:MISSING_AT_SELLER',
    kind: 'MISSING_AT_SELLER',
    resourceId: 'res-soon',
    instanceId: 'ins-soon',
    productName: { zh: '云帆协同办公', en: 'Yunfan Team Desk' },
    detail: {
      zh: '集市中该实例正在运行，但商家的 queryInstance 应答中没有它。',
      en: 'The instance runs in the marketplace, but the seller does not answer for it in queryInstance.',
    },
    remedy: {
      zh: '商家：请按 instanceId 恢复该实例，或修正 queryInstance，使其返回全部未释放的实例。',
      en: 'Seller: restore the instance under its instanceId, or mend queryInstance so that it answers for it.',
    },
  },
  {
    ...about,
    differenceId: 'res-gone:STILL_AT_SELLER',
    kind: 'STILL_AT_SELLER',
    resourceId: 'res-gone',
    instanceId: 'ins-gone',
    productName: { zh: '云帆旧版', en: 'Yunfan Legacy' },
    detail: { zh: '该实例已释放，但商家仍返回它。', en: 'It is released, but the seller still answers for it.' },
    remedy: { zh: '商家：请删除该实例。', en: 'Seller: delete the instance.' },
  },
];
