/**
 * The payment gateway is a door of its own: the buyer is sent to its cashier with a signed address, and it tells us the
 * outcome with a signed notice, as often as it likes. Nothing is called while a transaction is open.
 */
import type { Result } from '../../platform/result.ts';

/** What is to be paid. */
export interface CashierPayment {
  readonly paymentId: string;
  readonly amount: string;
  readonly currency: string;
  /** where the buyer goes on afterwards */
  readonly returnUrl: string;
}

/** What became of a payment. */
export interface Notice {
  readonly paymentId: string;
  readonly outcome: 'PAID' | 'FAILED';
  readonly amount: string;
  readonly currency: string;
  /** the gateway's own number */
  readonly gatewayReference: string;
}

export interface PaymentGateway {
  cashierUrl(payment: CashierPayment): string;
  /** @param signature as it came with the body. Refuses SIGNATURE_WRONG, VALIDATION */
  readNotice(body: string, signature: string): Result<Notice>;
}
