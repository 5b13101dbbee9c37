/**
 * Text messages through the operator's own gateway: one POST of JSON a message, signed with a shared secret. The gateway
 * answers 2xx when it took the message; it may be asked twice with the same `id` and should send once.
 */
import { createHmac } from 'node:crypto';
import { createOutbound } from '../platform/outbound.ts';
import type { Sender } from './senders.ts';

const TIMEOUT_MS = 15_000;
const MOST_CONNECTIONS = 8;

/** Hex HMAC-SHA256 over the very bytes of the body. */
export const signatureOf = (secret: string, body: string): string =>
  createHmac('sha256', secret).update(body).digest('hex');

export function createSmsSender(sms: { readonly url: string; readonly secret: string }, from: string): Sender {
  // The address comes from the operator's own configuration: a gateway inside the house is welcome.
  const outbound = createOutbound({
    allowInternal: true,
    timeoutMs: TIMEOUT_MS,
    connectionsPerOrigin: MOST_CONNECTIONS,
  });
  return {
    async send({ id, address, language, body: text, variant }) {
      const body = JSON.stringify({ id, phone: address, language, kind: variant, text, from });
      const headers = {
        'content-type': 'application/json',
        'x-jishi-signature': `sha256=${signatureOf(sms.secret, body)}`,
      };
      const result = await outbound.post(sms.url, headers, body);
      if (!result.ok) return { ok: false, error: `${result.fault}: ${result.message}` };
      const { status } = result.answer;
      return status >= 200 && status < 300 ? { ok: true } : { ok: false, error: `the gateway answered ${status}` };
    },
    close: () => outbound.close(),
  };
}
