/** Webhooks of a seller: where news goes, in which rhythm a delivery is repeated, and the limits of both. */
import type { TaskState } from '../platform/tasks/task-table.ts';

export const ENDPOINT_STATES = ['ACTIVE', 'PAUSED', 'SWITCHED_OFF'] as const;
/** PAUSED by its seller; SWITCHED_OFF by us, after days of failures or an answer 410. */
export type EndpointState = (typeof ENDPOINT_STATES)[number];

export interface Endpoint {
  readonly endpointId: string;
  readonly sellerId: string;
  readonly url: string;
  readonly name: string;
  /** names of the event catalogue */
  readonly types: readonly string[];
  readonly state: EndpointState;
  /** until when the secret before the last rotation signs too */
  readonly secretBeforeUntil: Date | null;
  /** first failure since the last success; null = it works, or nothing was sent yet */
  readonly failingSince: Date | null;
  readonly lastSuccessAt: Date | null;
  readonly createdAt: Date;
}

export interface Message {
  readonly messageId: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly occurredAt: Date;
}

/** One message on its way to one endpoint. */
export interface Delivery {
  readonly deliveryId: string;
  readonly endpointId: string;
  readonly message: Message;
  readonly state: TaskState;
  readonly attempts: number;
  readonly dueAt: Date;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly lastStatus: number | null;
  readonly lastFault: string | null;
}
export interface Attempt {
  readonly attempt: number;
  readonly at: Date;
  readonly durationMs: number;
  /** null = no answer */
  readonly status: number | null;
  readonly fault: string | null;
  /** the beginning of the answer */
  readonly answer: string;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** After each failed attempt: the schedule that Standard Webhooks recommends. Then the delivery stops. */
export const PAUSES_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;
/** a `Retry-After` is heeded up to this */
const LONGEST_PAUSE_MS = 24 * HOUR;
/** an endpoint that answered nothing well for so long is switched off */
export const SWITCH_OFF_MS = 5 * 24 * HOUR;

export const MOST_ENDPOINTS = 10;
export const LONGEST_URL = 500;
export const LONGEST_OVERLAP_HOURS = 168;
/** what is kept of an answer */
export const MOST_ANSWER_CHARS = 1_000;
export const RETENTION_DAYS = 30;

/**
 * When a failed delivery is tried again.
 * @param failures attempts that failed since the delivery was made, or sent again by hand
 * @param retryAfter the header, in seconds
 * @returns null = no more
 */
export function nextPauseMs(failures: number, retryAfter: string | null): number | null {
  const pause = PAUSES_MS[failures - 1];
  if (pause === undefined) return null;
  const asked = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) * SECOND : 0;
  return Math.max(pause, Math.min(asked, LONGEST_PAUSE_MS));
}
