/** The marketplace's own record of its calls, and whether it says the same as the seller's log. */
import { z } from 'zod';
import { type Db, sql } from '../../../packages/marketplace/src/platform/database/database.ts';
import { callMembers, type LoggedCall } from './sellers.ts';

export interface RecordedCall extends LoggedCall {
  /** what a reader wants to know of the call: scene, status, new end */
  readonly about: string;
}
/** A call on both records, or on one only. */
export interface CallPair {
  readonly marketplace: RecordedCall | null;
  readonly seller: LoggedCall | null;
  /** members that the two records do not agree on; empty = they match */
  readonly differs: readonly string[];
}

const request = z.object({ method: z.string(), url: z.string(), body: z.string() });
const body = z.record(z.string(), z.unknown());

/** Every attempt that went out, in the order of the attempts. */
export async function recordedCalls(db: Db): Promise<RecordedCall[]> {
  const { rows } = await sql<{ request: unknown; at: Date; result_code: string | null }>`
    SELECT a.request, a.started_at AS at, a.result_code FROM fulfilment.attempts a JOIN fulfilment.seller_calls c ON c.id = a.call_id
    WHERE a.request ->> 'url' <> '' ORDER BY a.started_at, c.created_at, c.id, a.attempt`.execute(db);
  return rows.map((row) => {
    const sent = request.parse(row.request);
    const query = new URL(sent.url).searchParams;
    const isV1 = sent.method === 'GET';
    const members = isV1 ? Object.fromEntries(query) : body.parse(JSON.parse(sent.body));
    return {
      ...callMembers(members),
      at: row.at.toISOString(),
      nonce: query.get('nonce'),
      timeStamp: query.get(isV1 ? 'timeStamp' : 'timestamp'),
      resultCode: row.result_code,
      about: aboutOf(members),
    };
  });
}

const TOLD = ['scene', 'status', 'instanceStatus', 'expireTime', 'amount', 'productInfo', 'orderAmount', 'testFlag'];
const aboutOf = (members: Readonly<Record<string, unknown>>): string =>
  TOLD.flatMap((name) => {
    const value = members[name];
    if (value === undefined || value === '') return [];
    return /scene|status/i.test(name) ? [String(value)] : [`${name}=${shown(value)}`];
  }).join(' ');
const shown = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : JSON.stringify(value, (key, inner: unknown) => (/Id$|Code$/.test(key) ? undefined : inner));

const MEMBERS = [
  'at',
  'activity',
  'orderId',
  'orderLineId',
  'instanceId',
  'businessId',
  'nonce',
  'timeStamp',
  'resultCode',
] as const satisfies readonly (keyof LoggedCall)[];
/** a pair is found by these; all others have to agree then */
const NAMES = ['nonce', 'timeStamp', 'activity', 'businessId', 'orderId', 'instanceId'] as const;

/** Pairs the records call by call, in the order in which the seller was called; what has no partner is a difference. */
export function comparedCalls(marketplace: readonly RecordedCall[], seller: readonly LoggedCall[]): CallPair[] {
  const name = (call: LoggedCall) => JSON.stringify(NAMES.map((member) => call[member]));
  const left = new Map<string, RecordedCall[]>();
  for (const call of marketplace) left.set(name(call), [...(left.get(name(call)) ?? []), call]);
  const pairs = seller.map((heard): CallPair => {
    const recorded = left.get(name(heard))?.shift();
    if (!recorded) return { marketplace: null, seller: heard, differs: ['not on the marketplace’s record'] };
    const differs = MEMBERS.filter((member) => recorded[member] !== heard[member]);
    return { marketplace: recorded, seller: heard, differs: differs.map((member) => `${member} differs`) };
  });
  const unheard = [...left.values()]
    .flat()
    .map((call): CallPair => ({ marketplace: call, seller: null, differs: ['not in the seller’s log'] }));
  return [...pairs, ...unheard].toSorted((one, other) => (atOf(one) < atOf(other) ? -1 : 1));
}

export const atOf = ({ seller, marketplace }: CallPair): string => seller?.at ?? marketplace?.at ?? '';
