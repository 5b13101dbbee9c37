import type { BillState, CommissionBillDetailView, SettlementBillDetail } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input, Modal } from 'antd';
import { type ComponentProps, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { Panel } from '../../components/page.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { may } from '../../shell/areas.ts';
import { Adjust } from './adjustment.tsx';

interface DecisionsProps {
  readonly bill: Pick<SettlementBillDetail | CommissionBillDetailView, 'state' | 'heldReason' | 'next' | 'currency'>;
  /** whom it pays, by name */
  readonly party: string;
  /** which bill, for how much: what is read before it moves */
  readonly moveHelp: string;
  readonly move: MoveProps['run'];
  readonly hold: HoldProps['run'];
  readonly adjust: ComponentProps<typeof Adjust>['run'];
}

/** What an operator may do with a bill, a seller's or a partner's: move it on (4.4), keep it back, correct it in the next one (S4-3). */
export function BillDecisions({ bill, party, moveHelp, move, hold, adjust }: DecisionsProps) {
  const { t } = useTranslation();
  const allowed = may(useQuery(sessionQuery).data, 'settlement.decide');
  const [to, setTo] = useState<BillState | null>(null);
  const [holding, setHolding] = useState(false);
  const [adjusting, setAdjusting] = useState(false);
  const kept = bill.heldReason === 'HOLD';
  return (
    <Panel title={t('settlement.bill.decide')}>
      <div className="row">
        {bill.next.map((state) => (
          <Button
            key={state}
            type="primary"
            disabled={!allowed}
            onClick={() => setTo(state)}
            data-testid={`to-${state}`}
          >
            {t('settlement.bill.moveTo', { state: t(`settlement.state.${state}.word`) })}
          </Button>
        ))}
        {bill.state === 'UNDER_REVIEW' && (
          <Button disabled={!allowed} onClick={() => setHolding(true)} data-testid="hold">
            {t(kept ? 'settlement.bill.release' : 'settlement.bill.hold')}
          </Button>
        )}
        <Button disabled={!allowed} onClick={() => setAdjusting(true)} data-testid="adjust">
          {t('settlement.bill.adjust')}
        </Button>
      </div>
      {bill.state === 'TO_CONFIRM' && <p className="soft">{t('partners.bills.role')}</p>}
      {(bill.state === 'REQUISITION_REVIEW' || bill.state === 'PAYING') && (
        <p className="soft">
          {t('payout.bill.byRun')} <Link to="/operator/payout">{t('nav.payout')}</Link>
        </p>
      )}
      {!allowed && (
        <p className="soft" data-testid="why-not">
          {t('settlement.bill.role')}
        </p>
      )}
      {to !== null && <MoveDialog to={to} help={moveHelp} run={move} onClose={() => setTo(null)} />}
      {holding && <HoldDialog hold={!kept} run={hold} onClose={() => setHolding(false)} />}
      {adjusting && <Adjust party={party} currency={bill.currency} run={adjust} onClose={() => setAdjusting(false)} />}
    </Panel>
  );
}

interface MoveProps {
  readonly to: BillState;
  /** which bill, for how much */
  readonly help: string;
  readonly run: (change: { readonly to: BillState; readonly note?: string }) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks once before a bill and those of its requisition move on. */
function MoveDialog({ to, help, run, onClose }: MoveProps) {
  const { t } = useTranslation();
  const id = useId();
  const [note, setNote] = useState('');
  const move = useCommand({
    run: () => run({ to, ...(note.trim() === '' ? {} : { note: note.trim() }) }),
    refresh: ['settlement'],
    done: t('settlement.bill.moved'),
    onDone: onClose,
  });
  const state = t(`settlement.state.${to}.word`);
  return (
    <Modal
      open
      title={t('settlement.bill.moveTitle', { state })}
      okText={t('settlement.bill.moveTo', { state })}
      okButtonProps={{ 'data-testid': 'move-confirm' }}
      confirmLoading={move.isPending}
      onOk={() => move.mutate(undefined)}
      onCancel={onClose}
    >
      <div className="stack">
        <p>{help}</p>
        <p className="soft">{t(`settlement.state.${to}.help`)}</p>
        <div className="filter">
          <label htmlFor={id}>{t('settlement.bill.note')}</label>
          <Input id={id} value={note} maxLength={500} onChange={({ target }) => setNote(target.value)} />
        </div>
      </div>
    </Modal>
  );
}

interface HoldProps {
  readonly hold: boolean;
  readonly run: (change: { readonly hold: boolean; readonly reason: string }) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks why a bill is kept back, or goes on again. */
function HoldDialog({ hold, run, onClose }: HoldProps) {
  const { t } = useTranslation();
  const change = useCommand({
    run: (reason: string) => run({ hold, reason }),
    refresh: ['settlement'],
    done: t(hold ? 'settlement.bill.heldDone' : 'settlement.bill.releasedDone'),
    onDone: onClose,
    onFailed: () => true,
  });
  return (
    <ReasonDialog
      title={t(hold ? 'settlement.bill.holdTitle' : 'settlement.bill.releaseTitle')}
      confirm={t(hold ? 'settlement.bill.hold' : 'settlement.bill.release')}
      busy={change.isPending}
      error={change.error}
      onClose={onClose}
      onConfirm={(reason) => change.mutate(reason)}
    >
      {t(hold ? 'settlement.bill.holdHelp' : 'settlement.bill.releaseHelp')}
    </ReasonDialog>
  );
}
