import type { OnlinePaymentView, PurseView, StatementView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { State } from '../../components/state.tsx';
import type { Tone } from '../../components/tones.ts';
import { compareDecimal } from '../../format/decimal.ts';

const statementTone = { OPEN: 'run', ISSUED: 'wait', REPAID: 'ok', OVERDUE: 'bad' } as const satisfies Record<
  string,
  Tone
>;

export function StatementState({ statement }: { statement: StatementView }) {
  const { t } = useTranslation();
  const state = statement.overdue ? 'OVERDUE' : statement.state;
  const [word, help] = [t(`wallet.credit.state.${state}`), t(`wallet.credit.help.${state}`)];
  return <State tone={statementTone[state]} word={word} help={help} state={state} testId="statement-state" />;
}

const purseTone = {
  ACTIVE: 'ok',
  USED: 'idle',
  WITHDRAWN: 'idle',
  EXPIRED: 'idle',
  LATER: 'wait',
} as const satisfies Record<string, Tone>;

export function PurseState({ purse, now }: { purse: PurseView; now: string }) {
  const { t } = useTranslation();
  const state = purseStateOf(purse, now);
  const [word, help] = [t(`wallet.purses.state.${state}`), t(`wallet.purses.help.${state}`)];
  return <State tone={purseTone[state]} word={word} help={help} state={state} />;
}

/** What it is to its holder: one that is empty or not valid yet can not be used either. */
export function purseStateOf({ state, left, validFrom }: PurseView, now: string): keyof typeof purseTone {
  if (state !== 'ACTIVE') return state;
  if (compareDecimal(left.amount, '0') === 0) return 'USED';
  return Date.parse(validFrom) > Date.parse(now) ? 'LATER' : 'ACTIVE';
}

const paymentTone = { STARTED: 'wait', PAID: 'ok', FAILED: 'bad' } as const satisfies Record<string, Tone>;

export function PaymentState({ payment: { state, outcome } }: { payment: OnlinePaymentView }) {
  const { t } = useTranslation();
  const kept = outcome !== null && outcome !== 'PAID';
  const word = kept ? t('wallet.payments.kept') : t(`wallet.payments.state.${state}`);
  const help = t(`wallet.payments.help.${kept ? 'KEPT' : state}`);
  return <State tone={paymentTone[state]} word={word} help={help} state={state} testId="online-state" />;
}
