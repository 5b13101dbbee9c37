/** Signed calls with usage, by some clients side by side. */
import { createHash } from 'node:crypto';
import { canonicalPayloadDeep, formatSdkDate, signAkSk, signUsagePush } from '@jishi/protocol';
import { Pool } from 'undici';
import type { MeteredSeller } from './seller.ts';

export const PER_CALL = 1_000;
const PATH = '/api/mkp-openapi-public/global/v1/isv/usage-data';

/** How sellers call their records: counted up, as most programs do, or at random, as the interface recommends. */
export type Serials = 'counted' | 'random';
export interface Calls {
  readonly calls: number;
  readonly offset: number;
  readonly serials: Serials;
}

/** Each record has a second of its own. */
export function usageBodies(seller: MeteredSeller, { calls, offset, serials }: Calls): string[] {
  return Array.from({ length: calls }, (_, call) =>
    canonicalPayloadDeep({
      usage_records: Array.from({ length: PER_CALL }, (_unused, place) => {
        const number = offset + call * PER_CALL + place;
        const begin = new Date(seller.fromMs + Math.floor(number / seller.meters) * 1_000);
        const end = formatSdkDate(new Date(begin.getTime() + 1_000));
        return {
          instance_id: `inst-${number % seller.meters}`,
          metering_sn: serials === 'counted' ? `sn-${number}` : createHash('md5').update(`sn-${number}`).digest('hex'),
          begin_time: formatSdkDate(begin),
          end_time: end,
          record_time: end,
          usage_value: '1.25',
        };
      }),
    }),
  );
}

/** @throws when a call was not taken whole */
export async function pushAll(
  {
    port,
    seller: { ak, sk, accessKey },
    clients,
  }: { readonly port: number; readonly seller: MeteredSeller; readonly clients: number },
  bodies: readonly string[],
): Promise<void> {
  const origin = `http://127.0.0.1:${port}`;
  const pool = new Pool(origin, { connections: clients });
  let next = 0;
  const work = async () => {
    for (;;) {
      const number = next;
      next += 1;
      const body = bodies[number];
      if (body === undefined) return;
      const now = new Date();
      const [ts, nonce] = [String(now.getTime()), `${now.getTime()}-${Math.random()}`];
      const { signature } = signUsagePush({ accessKey, ts, nonce, body });
      const own = { 'content-type': 'application/json', ts, nonce, signature };
      const signed = signAkSk({ ak, sk, method: 'POST', url: `${origin}${PATH}`, headers: own, body, date: now });
      const { host: _, ...added } = signed.headers;
      const headers = { ...own, ...added };
      const answer = await pool.request({ path: PATH, method: 'POST', headers, body });
      const text = await answer.body.text();
      if (!text.includes('MKT.0000'))
        throw new Error(`call ${number} was answered ${answer.statusCode} ${text.slice(0, 200)}`);
    }
  };
  await Promise.all(Array.from({ length: clients }, work));
  await pool.close();
}
