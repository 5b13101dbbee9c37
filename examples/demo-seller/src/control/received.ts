/** What the log keeps of a request; anything may come in, so nothing is demanded. */
import { z } from 'zod';
import type { ReceivedCall } from './control.ts';

const text = z.string().nullable().catch(null).default(null);
const members = z.object({
  activity: text,
  orderId: text,
  orderLineId: text,
  instanceId: text,
  businessId: text,
  testFlag: text,
});
const answered = z.object({ resultCode: z.string() });

/** V1.0 comes as GET with everything in the query, V2.0 as POST with JSON. */
export async function receivedCall(request: Request, at: Date): Promise<ReceivedCall> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const isV1 = request.method === 'GET';
  const given = members.safeParse(isV1 ? query : parse(await request.clone().text()));
  const { testFlag, ...call } = given.data ?? members.parse({});
  return {
    protocol: isV1 ? 'saas-v1' : 'saas-v2',
    ...call,
    nonce: query.nonce ?? null,
    timeStamp: (isV1 ? query.timeStamp : query.timestamp) ?? null,
    test: testFlag === '1',
    at: at.toISOString(),
    resultCode: null,
    fault: null,
  };
}

export function resultCodeIn(body: string): string | null {
  return answered.safeParse(parse(body)).data?.resultCode ?? null;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
