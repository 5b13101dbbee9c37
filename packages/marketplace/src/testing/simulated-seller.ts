/**
 * Sellers of a simulation, reached without sockets: they keep the contract (one instance per order line, however often
 * asked), misbehave on the way, and log everything that reached them. Their memory outlives the marketplace's crashes.
 */
import type { VirtualClock } from '../platform/clock.ts';
import type { HttpAnswer, Outbound, OutboundResult, TransportFault } from '../platform/outbound.ts';
import type { Dice } from './dice.ts';

export interface ReceivedBySeller {
  readonly goodsUrl: string;
  readonly activity: string;
  readonly orderId: string | null;
  readonly orderLineId: string | null;
  readonly instanceId: string | null;
  readonly businessId: string | null;
  readonly nonce: string;
}
export interface SimulatedSellers {
  readonly outbound: Outbound;
  /** in the order of arrival; a call that never got through is not here */
  readonly log: readonly ReceivedBySeller[];
  readonly instances: ReadonlyMap<string, string>;
}

type Fault =
  | 'none'
  | 'slow'
  | 'wrong-body'
  | 'reset-before'
  | 'reset-after'
  | 'html'
  | 'duplicate'
  | 'asynchronous'
  | 'refuse';
const FAULTS: readonly [Fault, ...Fault[]] = [
  'none',
  'slow',
  'wrong-body',
  'reset-before',
  'reset-after',
  'html',
  'duplicate',
  'asynchronous',
  'refuse',
];

export function createSimulatedSellers(dice: Dice, clock: VirtualClock, timeoutMs: number): SimulatedSellers {
  const log: ReceivedBySeller[] = [];
  const instances = new Map<string, string>();
  const readyAt = new Map<string, number>();
  /** lines that a seller will not serve, however often it is asked */
  const hopeless = new Map<string, boolean>();

  /** What a seller with a sound memory answers. */
  const answer = (call: ReceivedBySeller): object => {
    if (call.activity === 'newInstance') {
      const line = call.orderLineId ?? '';
      const instanceId = instances.get(line) ?? `inst-${line}`;
      instances.set(line, instanceId);
      // Some are ready at once, some within the window, a few never.
      const waitMs = dice.pick([0, 0, 0, 0, 300_000, 7_200_000, Number.POSITIVE_INFINITY]);
      if (!readyAt.has(instanceId)) readyAt.set(instanceId, clock.now().getTime() + waitMs);
      return { resultCode: '000000', resultMsg: 'success.', instanceId };
    }
    const instanceId = call.instanceId ?? '';
    if ((readyAt.get(instanceId) ?? Number.POSITIVE_INFINITY) > clock.now().getTime())
      return { resultCode: '000004', resultMsg: 'not ready yet' };
    const appInfo = { frontEndUrl: `https://app.example.com/${instanceId}`, userName: 'admin', password: 'secret' };
    return { resultCode: '000000', resultMsg: 'success.', info: [{ instanceId, appInfo }] };
  };

  const outbound: Outbound = {
    async post(url, _headers, body) {
      clock.moveTo(new Date(clock.now().getTime() + dice.below(900)));
      const fault = dice.chance(70) ? 'none' : dice.pick(FAULTS);
      if (fault === 'reset-before') return failed('reset');
      const call = readCall(url, body);
      log.push(call);
      if (fault === 'duplicate') log.push(call); // the network delivered it twice
      if (call.activity === 'newInstance') {
        const line = call.orderLineId ?? '';
        if (!hopeless.has(line)) hopeless.set(line, dice.chance(15));
        if (hopeless.get(line)) return json({ resultCode: '000100', resultMsg: 'never' });
      }
      if (fault === 'refuse') return json({ resultCode: '000100', resultMsg: 'none left' });
      const sound = answer(call);
      if (fault === 'asynchronous' && 'instanceId' in sound) return json({ ...sound, resultCode: '000004' });
      if (fault === 'reset-after') return failed('reset');
      if (fault === 'html') return respond(502, 'text/html', '<html><body>Bad Gateway</body></html>');
      if (fault === 'wrong-body')
        return json(dice.pick<object>([{}, { resultCode: 0 }, { resultCode: '000000' }, [sound]]));
      if (fault === 'slow') {
        clock.moveTo(new Date(clock.now().getTime() + timeoutMs));
        return failed('timeout');
      }
      return json(sound);
    },
    get: () => Promise.resolve(failed('refused')),
    close: () => Promise.resolve(),
  };
  return { outbound, log, instances };
}

function readCall(url: string, body: string): ReceivedBySeller {
  const { origin, pathname, searchParams } = new URL(url);
  const members: unknown = JSON.parse(body);
  const member = (name: string): string | null => {
    const found =
      typeof members === 'object' && members !== null
        ? Object.entries(members).find(([key]) => key === name)
        : undefined;
    return typeof found?.[1] === 'string' ? found[1] : null;
  };
  return {
    goodsUrl: `${origin}${pathname}`,
    activity: member('activity') ?? '',
    orderId: member('orderId'),
    orderLineId: member('orderLineId'),
    instanceId: member('instanceId'),
    businessId: member('businessId'),
    nonce: searchParams.get('nonce') ?? '',
  };
}

const failed = (fault: TransportFault): OutboundResult => ({ ok: false, fault, message: fault });
const json = (body: object): OutboundResult => respond(200, 'application/json;charset=utf-8', JSON.stringify(body));

function respond(status: number, contentType: string, text: string): OutboundResult {
  const headers: HttpAnswer['headers'] = [{ name: 'content-type', value: contentType }];
  return {
    ok: true,
    answer: {
      status,
      headers,
      rawHeaders: [['Content-Type', contentType]],
      contentType,
      location: null,
      body: Buffer.from(text),
      truncated: false,
    },
  };
}
