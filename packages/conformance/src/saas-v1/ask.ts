/** Making a call and reading its answer: what every case of V1.0 does. */
import type { ActivityV1 } from '@jishi/protocol';
import type { Session } from '../case.ts';
import { again, type Parameters } from './parameters.ts';
import { type Reading, readExchange } from './reading.ts';
import { signedCall, type Writing } from './request.ts';

export interface Asking extends Writing {
  /** the existing instances that a queryInstance asks for */
  readonly instanceIds?: readonly string[] | undefined;
  /** whether newInstance has to give the access data; with the test mark it has (6.0.1) */
  readonly wantsAccess?: boolean | undefined;
}

/** One call, with the test mark unless `live`. `label` is for readers of the report. */
export async function ask<A extends ActivityV1>(
  session: Session,
  activity: A,
  parameters: Parameters,
  label: string,
  asking: Asking = {},
): Promise<Reading<A>> {
  const { request, timeStamp } = signedCall(session, parameters, label, asking);
  const exchange = await session.call(request);
  return readExchange(activity, exchange, {
    key: session.accessKey,
    timeStamp: timeStamp ?? undefined,
    instanceIds: asking.instanceIds,
    debugging: asking.wantsAccess ?? asking.live !== true,
  });
}

/** Repeats while the answer is 000004, as the marketplace repeats a failed attempt (Q8), to the end of the window. */
export async function askUntilDone<A extends ActivityV1>(
  session: Session,
  activity: A,
  parameters: Parameters,
  label: string,
  asking: Asking = {},
): Promise<Reading<A>> {
  const { asyncWindowMs, asyncIntervalMs } = session.settings;
  let reading = await ask(session, activity, parameters, label, asking);
  for (let waitedMs = 0; isPending(reading) && waitedMs < asyncWindowMs; waitedMs += asyncIntervalMs) {
    await session.wait(asyncIntervalMs);
    reading = await ask(session, activity, again(session, parameters), `${label}, asked again`, asking);
  }
  return reading;
}

type AnyReading = Reading<ActivityV1>;

export function isDone({ content }: AnyReading): boolean {
  return content.resultCode === '000000';
}

export function isPending({ content }: AnyReading): boolean {
  return content.resultCode === '000004';
}

/** The token at least was taken: the call was carried out, or will be. */
export function isTaken(reading: AnyReading): boolean {
  return isDone(reading) || isPending(reading);
}

/** Refused as a forgery; some servers say so by HTTP status, before the interface itself is reached. */
export function isTakenForForged({ content, status }: AnyReading): boolean {
  return content.resultCode === '000001' || status === 401 || status === 403;
}
