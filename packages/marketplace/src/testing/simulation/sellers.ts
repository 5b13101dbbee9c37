/**
 * Sellers of a simulation, reached without sockets. They keep the contract (`seller-memory.ts`), misbehave on the way, and
 * log everything that reached them. Their memory outlives the marketplace's crashes.
 */
import { bodySign, receiveRequestV1 } from '@jishi/protocol';
import type { VirtualClock } from '../../platform/clock.ts';
import type { HttpAnswer, Outbound, OutboundResult, TransportFault } from '../../platform/outbound.ts';
import type { Dice } from '../dice.ts';
import type { SeenBySeller, SellerInstance } from '../invariants.ts';
import type { Mood } from './script.ts';
import { type Received, sellerMemory } from './seller-memory.ts';

export const ACCESS_KEY = 'an-access-key';

export interface Sellers {
  readonly outbound: Outbound;
  /** in the order of arrival; a call that never got through is not here */
  readonly log: readonly SeenBySeller[];
  readonly instances: ReadonlyMap<string, SellerInstance>;
  /** @param seller its host */
  feels(seller: string, mood: Mood): void;
}

type Fault =
  | 'none'
  | 'slow'
  | 'wrong-body'
  | 'wrong-instance'
  | 'unsigned'
  | 'reset-before'
  | 'reset-after'
  | 'html'
  | 'duplicate'
  | 'asynchronous'
  | 'refuse';
const FAULTS: readonly [Fault, ...Fault[]] = [
  'slow',
  'wrong-body',
  'wrong-instance',
  'unsigned',
  'reset-before',
  'reset-after',
  'html',
  'duplicate',
  'asynchronous',
  'refuse',
];
const FAULTY_PERCENT: Readonly<Partial<Record<Mood, number>>> = { well: 8, flaky: 60 };
const MINUTE_MS = 60_000;

export function createSellers(dice: Dice, clock: VirtualClock, timeoutMs: number): Sellers {
  const log: SeenBySeller[] = [];
  const moods = new Map<string, Mood>();
  // Some are ready at once, some within the window, a few never.
  const memory = sellerMemory((seller) =>
    moods.get(seller) === 'sound' ? 0 : dice.pick([0, 0, 0, 0, 0, 0, 5, 5, 100, Number.POSITIVE_INFINITY]) * MINUTE_MS,
  );
  /** lines that a seller will not serve, however often it is asked */
  const hopeless = new Map<string, boolean>();

  const pass = (ms: number) => clock.moveTo(new Date(clock.now().getTime() + ms));
  const timeout = () => {
    pass(timeoutMs);
    return failed('timeout');
  };

  function faultOf(mood: Mood): Fault {
    if (mood === 'refusing') return 'refuse';
    return dice.chance(FAULTY_PERCENT[mood] ?? 0) ? dice.pick(FAULTS) : 'none';
  }

  function receive(
    call: Received,
    json: (body: object) => OutboundResult,
    unsigned: (body: object) => OutboundResult,
  ): OutboundResult {
    pass(dice.below(900));
    const mood = moods.get(call.seller) ?? 'well';
    if (mood === 'down') return failed('refused');
    const fault = faultOf(mood);
    if (fault === 'reset-before') return failed('reset');
    log.push(call);
    if (mood === 'silent') return timeout();
    if (call.activity === 'newInstance' && mood !== 'sound') {
      const line = call.orderLineId ?? call.orderId ?? '';
      if (!hopeless.has(line)) hopeless.set(line, dice.chance(8));
      if (hopeless.get(line)) return json({ resultCode: '000100', resultMsg: 'never' });
    }
    if (fault === 'refuse') return json({ resultCode: '000100', resultMsg: 'not now' });
    const foreign =
      fault === 'wrong-instance' && /newInstance|queryInstance/.test(call.activity) ? memory.foreign(call) : null;
    if (foreign !== null) return json(wrongInstance(call, foreign));
    const sound = memory.answer(call, clock.now());
    if (fault === 'duplicate') {
      log.push(call); // the network delivered it twice
      memory.answer(call, clock.now());
    }
    if (mood === 'never-ready' && /newInstance|queryInstance/.test(call.activity))
      return json({ ...sound, resultCode: '000004' });
    switch (fault) {
      case 'asynchronous':
        return json('instanceId' in sound ? { ...sound, resultCode: '000004' } : sound);
      case 'reset-after':
        return failed('reset');
      case 'slow':
        return timeout();
      case 'html':
        return respond(502, [['Content-Type', 'text/html']], '<html><body>Bad Gateway</body></html>');
      case 'wrong-body':
        return json(dice.pick<object>([{}, { resultCode: 0 }, [sound], { resultMsg: 'success.' }]));
      case 'unsigned':
        return unsigned(sound);
      default:
        return json(sound);
    }
  }

  return {
    log,
    instances: memory.instances,
    feels: (seller, mood) => void moods.set(seller, mood),
    outbound: {
      post: (url, _headers, body) => Promise.resolve(receive(readV2(url, body), jsonV2, jsonV2)),
      get: (url) => {
        const call = readV1(url);
        return Promise.resolve(call ? receive(call, jsonV1, jsonV2) : failed('refused'));
      },
      close: () => Promise.resolve(),
    },
  };
}

const wrongInstance = ({ activity }: Received, instanceId: string): object => {
  const appInfo = { frontEndUrl: `https://app.example.com/${instanceId}` };
  const ok = { resultCode: '000000', resultMsg: 'success.' };
  return activity === 'newInstance' ? { ...ok, instanceId, appInfo } : { ...ok, info: [{ instanceId, appInfo }] };
};

function readV2(url: string, body: string): Received {
  const { host, searchParams } = new URL(url);
  const parsed: unknown = JSON.parse(body);
  const members: Record<string, unknown> = typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  return received(host, 'saas-v2', members, searchParams.get('nonce') ?? '');
}

/** @returns null for a call that is not signed as it should be */
function readV1(url: string): Received | null {
  const { host, search, searchParams } = new URL(url);
  if (!receiveRequestV1(search.slice(1), ACCESS_KEY).ok) return null;
  return received(host, 'saas-v1', Object.fromEntries(searchParams), searchParams.get('authToken') ?? '');
}

function received(
  seller: string,
  protocol: Received['protocol'],
  members: Received['members'],
  nonce: string,
): Received {
  const text = (name: string) => (typeof members[name] === 'string' ? members[name] : null);
  return {
    seller,
    protocol,
    members,
    activity: text('activity') ?? '',
    orderId: text('orderId'),
    orderLineId: text('orderLineId'),
    instanceId: text('instanceId'),
    nonce,
  };
}

const failed = (fault: TransportFault): OutboundResult => ({ ok: false, fault, message: fault });
const JSON_TYPE = ['Content-Type', 'application/json;charset=utf-8'] as const;
const jsonV2 = (body: object): OutboundResult => respond(200, [JSON_TYPE], JSON.stringify(body));
function jsonV1(body: object): OutboundResult {
  const text = JSON.stringify(body);
  return respond(200, [JSON_TYPE, ['Body-Sign', bodySign(text, ACCESS_KEY).header]], text);
}

function respond(status: number, rawHeaders: HttpAnswer['rawHeaders'], text: string): OutboundResult {
  const headers = rawHeaders.map(([name, value]) => ({ name: name.toLowerCase(), value }));
  const contentType = headers.find(({ name }) => name === 'content-type')?.value ?? null;
  return {
    ok: true,
    answer: { status, headers, rawHeaders, contentType, location: null, body: Buffer.from(text), truncated: false },
  };
}
