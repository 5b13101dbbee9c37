/**
 * A gateway that is spoken to with signed addresses and signed notices (HMAC-SHA256, hexadecimal). Pure. The sandbox has
 * one whose cashier is a page of the console, where a person decides the outcome.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Config } from '../../platform/config.ts';
import { ok, refuse } from '../../platform/result.ts';
import type { CashierPayment, PaymentGateway } from './gateway.ts';

const notice = z.strictObject({
  paymentId: z.string().max(64),
  outcome: z.enum(['PAID', 'FAILED']),
  amount: z.string().regex(/^\d{1,12}\.\d{2}$/),
  currency: z.enum(['CNY', 'USD', 'EUR']),
  gatewayReference: z.string().min(1).max(100),
});

export const signatureOf = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text, 'utf8').digest('hex');

export function signedGateway({ url, secret }: { readonly url: string; readonly secret: string }): PaymentGateway {
  return {
    cashierUrl({ paymentId, amount, currency, returnUrl }: CashierPayment) {
      const query = new URLSearchParams({ paymentId, amount, currency, returnUrl });
      query.append('signature', signatureOf(secret, query.toString()));
      return `${url}?${query.toString()}`;
    },
    readNotice(body, signature) {
      const [given, right] = [Buffer.from(signature), Buffer.from(`sha256=${signatureOf(secret, body)}`)];
      if (given.length !== right.length || !timingSafeEqual(given, right))
        return refuse('SIGNATURE_WRONG', 'the signature is not that of the body with our secret');
      const parsed = notice.safeParse(jsonOf(body));
      return parsed.success
        ? ok(parsed.data)
        : refuse('VALIDATION', `the notice is not as agreed: ${parsed.error.issues[0]?.path.join('.') ?? ''}`);
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** guards nothing: a sandbox gives play money to whoever asks */
const SANDBOX_SECRET = 'sandbox-cashier';
export const SANDBOX_CASHIER = '/cashier';

/** The notice that the sandbox's cashier sends. */
export const sandboxSignature = (body: string): string => `sha256=${signatureOf(SANDBOX_SECRET, body)}`;

/** @returns null = this marketplace takes no online payments */
export function gatewayOf({ payments, mode, publicUrl }: Config): PaymentGateway | null {
  if (payments) return signedGateway(payments);
  return mode === 'sandbox' ? signedGateway({ url: `${publicUrl}${SANDBOX_CASHIER}`, secret: SANDBOX_SECRET }) : null;
}
