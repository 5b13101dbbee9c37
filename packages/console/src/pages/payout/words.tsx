import type { Booking, PayoutPayment, PayoutRun } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { State } from '../../components/state.tsx';
import type { Tone } from '../../components/tones.ts';

/** States of pay-outs as words with a tone, and accounts as people may see them. */

const runTone: Readonly<Record<PayoutRun['state'], Tone>> = {
  TO_APPROVE: 'wait',
  APPROVED: 'run',
  COMPLETED: 'ok',
  REJECTED: 'bad',
  WITHDRAWN: 'idle',
};
const paymentTone: Readonly<Record<PayoutPayment['state'], Tone>> = {
  PROPOSED: 'wait',
  APPROVED: 'run',
  PAID: 'ok',
  RETURNED: 'bad',
  FAILED: 'bad',
  DROPPED: 'idle',
};
const bookingTone: Readonly<Record<Booking['state'], Tone>> = { OPEN: 'wait', MATCHED: 'ok', SET_ASIDE: 'idle' };

export function RunState({ state, large }: { state: PayoutRun['state']; large?: boolean }) {
  const { t } = useTranslation();
  const [word, help] = [t(`payout.state.${state}.word`), t(`payout.state.${state}.help`)];
  const testId = large ? 'payout-state' : undefined;
  return <State tone={runTone[state]} word={word} help={help} state={state} large={large} testId={testId} />;
}

export function PaymentState({ state }: { state: PayoutPayment['state'] }) {
  const { t } = useTranslation();
  const [word, help] = [t(`payout.payment.${state}.word`), t(`payout.payment.${state}.help`)];
  return <State tone={paymentTone[state]} word={word} help={help} state={state} testId="payment-state" />;
}

export function BookingState({ state }: { state: Booking['state'] }) {
  const { t } = useTranslation();
  const [word, help] = [t(`payout.booking.${state}.word`), t(`payout.booking.${state}.help`)];
  return <State tone={bookingTone[state]} word={word} help={help} state={state} testId="booking-state" />;
}

/** Holder, bank and the last characters of the number: enough to recognise it. */
export function MaskedAccount({ account }: { account: PayoutPayment['account'] }) {
  return (
    <>
      {account.holder}
      <div className="soft">
        {account.bankName} <span className="mono">…{account.tail}</span>
      </div>
    </>
  );
}
