import type {
  CommissionBillView,
  SettlementBill,
  SettlementLine,
  SettlementPeriod,
} from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { State } from '../../components/state.tsx';
import { billTone, lineTone, periodTone } from './words.ts';

interface BillStateProps {
  readonly bill: Pick<SettlementBill | CommissionBillView, 'state' | 'held' | 'heldReason' | 'heldNote'>;
  readonly large?: boolean;
}

/** The state of a bill; beside it that it is held, which is no state of its own (4.5), and why. */
export function BillStateMark({ bill, large }: BillStateProps) {
  const { t } = useTranslation();
  return (
    <span className="row">
      <State
        tone={billTone[bill.state]}
        word={t(`settlement.state.${bill.state}.word`)}
        help={t(`settlement.state.${bill.state}.help`)}
        state={bill.state}
        large={large}
        testId={large ? 'bill-state' : undefined}
      />
      {bill.held && (
        <State
          tone="wait"
          word={t('settlement.held.title')}
          help={bill.heldNote ?? (bill.heldReason === null ? '' : t(`settlement.held.${bill.heldReason}`))}
          state="HELD"
          testId="bill-held"
        />
      )}
    </span>
  );
}

export function LineBilling({ line, large }: { line: Pick<SettlementLine, 'billing'>; large?: boolean }) {
  const { t } = useTranslation();
  return (
    <State
      tone={lineTone[line.billing]}
      word={t(`settlement.billing.${line.billing}.word`)}
      help={t(`settlement.billing.${line.billing}.help`)}
      state={line.billing}
      large={large}
      testId={large ? 'line-billing' : undefined}
    />
  );
}

export function PeriodState({ state }: Pick<SettlementPeriod, 'state'>) {
  const { t } = useTranslation();
  return (
    <State
      tone={periodTone[state]}
      word={t(`settlement.runs.${state}.word`)}
      help={t(`settlement.runs.${state}.help`)}
      state={state}
      testId="period-state"
    />
  );
}
