/** Whether a delivery comes from the marketplace (Standard Webhooks), and what it says. */
import { isJsonObject, type JsonObject, parseJson } from '@jishi/protocol';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { readLimited } from '../body.ts';
import { misfit } from '../shape.ts';
import { EVENT_SHAPES, isEventType, type WebhookEvent } from './events.ts';

/** A thin payload is some hundred bytes. */
const MOST_BYTES = 256 * 1024;

export type WebhookResult =
  | { readonly ok: true; readonly id: string; readonly event: WebhookEvent }
  /** Signed well, but of a type or shape that this version does not know: answer 2xx and ignore it. */
  | { readonly ok: true; readonly id: string; readonly event: null; readonly body: JsonObject }
  /** Answer 401 and do nothing. */
  | { readonly ok: false; readonly reason: string };

/**
 * Checks signature and age (five minutes) over the bytes received, so give the request unread. The same event may come
 * twice: remember `id`. During a rotation give both secrets.
 *
 * @example
 * const result = await webhooks.verify(request, process.env.WEBHOOK_SECRET);
 * if (!result.ok) return new Response(result.reason, { status: 401 });
 * if (result.event?.type === 'order.paid') await provision(result.event.data.orderId);
 * return new Response(null, { status: 204 });
 */
export async function verifyWebhook(request: Request, secret: string | readonly string[]): Promise<WebhookResult> {
  const { bytes, truncated } = await readLimited(request.body, MOST_BYTES);
  if (truncated) return { ok: false, reason: 'the body is longer than a webhook' };
  const text = Buffer.from(bytes).toString();
  const headers = Object.fromEntries(request.headers);
  const faults = (typeof secret === 'string' ? [secret] : secret).map((one) => fault(one, text, headers));
  if (!faults.includes(null)) return { ok: false, reason: faults[0] ?? 'no secret was given' };
  const parsed = parseJson(text);
  const id = headers['webhook-id'] ?? '';
  if (!parsed.ok || !isJsonObject(parsed.value)) return { ok: false, reason: 'the body is no JSON object' };
  const body = parsed.value;
  return isEvent(body) ? { ok: true, id, event: body } : { ok: true, id, event: null, body };
}

/** @returns null = this secret signed it */
function fault(secret: string, text: string, headers: Record<string, string>): string | null {
  try {
    new Webhook(secret).verify(text, headers, { jsonParse: false });
    return null;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return error.message;
    throw new TypeError('webhooks.verify: expected the secret that the console showed, such as whsec_…');
  }
}

function isEvent(body: unknown): body is WebhookEvent {
  if (misfit({ type: 'string', timestamp: 'string', data: 'json' }, body) !== null) return false;
  const [type, data] = [member(body, 'type'), member(body, 'data')];
  return typeof type === 'string' && isEventType(type) && misfit(EVENT_SHAPES[type], data) === null;
}
const member = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? new Map(Object.entries(body)).get(name) : undefined;
