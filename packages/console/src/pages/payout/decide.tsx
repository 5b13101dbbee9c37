import type { PayoutRunDetail } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { approveRun, rejectRun } from '../../api/payout.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { may } from '../../shell/areas.ts';
import { useMoney } from '../settlement/words.ts';

/** The second person's yes or no; whoever made the run takes it back (O-7). */
export function Decide({ run }: { run: PayoutRunDetail }) {
  const { t } = useTranslation();
  const allowed = may(useQuery(sessionQuery).data, 'settlement.decide');
  const [open, setOpen] = useState<'approve' | 'reject' | null>(null);
  const own = run.ownWork === 'RUN';
  const close = (): void => setOpen(null);
  return (
    <div className="stack stack--tight">
      <span className="row">
        <Button type="primary" disabled={!run.mayApprove} onClick={() => setOpen('approve')} data-testid="approve">
          {t('payout.decide.approve')}
        </Button>
        <Button disabled={!allowed} onClick={() => setOpen('reject')} data-testid="reject">
          {t(own ? 'payout.decide.withdraw' : 'payout.decide.reject')}
        </Button>
      </span>
      {!run.mayApprove && (
        <span className="soft" data-testid="why-not">
          {allowed && run.ownWork !== null ? t(`payout.decide.own.${run.ownWork}`) : t('payout.due.role')}
        </span>
      )}
      {open === 'approve' && <Approve run={run} onClose={close} />}
      {open === 'reject' && <Reject run={run} own={own} onClose={close} />}
    </div>
  );
}

function Approve({ run, onClose }: { run: PayoutRunDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const money = useMoney();
  const approve = useCommand({
    run: () => approveRun(run.runId),
    refresh: ['settlement'],
    done: t('payout.decide.approved'),
    onDone: onClose,
    onFailed: () => true,
  });
  return (
    <Modal
      open
      title={t('payout.decide.approveTitle')}
      okText={t('payout.decide.approve')}
      okButtonProps={{ 'data-testid': 'approve-confirm' }}
      confirmLoading={approve.isPending}
      onOk={() => approve.mutate(undefined)}
      onCancel={onClose}
    >
      <div className="stack">
        <p>
          {t('payout.decide.approveHelp', {
            payments: run.payments,
            total: money(run.total, run.currency),
            name: run.madeBy,
          })}
        </p>
        {approve.error != null && <Failure error={approve.error} />}
      </div>
    </Modal>
  );
}

function Reject({ run, own, onClose }: { run: PayoutRunDetail; own: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const reject = useCommand({
    run: (reason: string) => rejectRun(run.runId, reason),
    refresh: ['settlement'],
    done: t('payout.decide.rejected'),
    onDone: onClose,
    onFailed: () => true,
  });
  const name = t(own ? 'payout.decide.withdraw' : 'payout.decide.reject');
  return (
    <ReasonDialog
      title={name}
      confirm={name}
      busy={reject.isPending}
      error={reject.error}
      onClose={onClose}
      onConfirm={(reason) => reject.mutate(reason)}
    >
      {t('payout.decide.rejectHelp')}
    </ReasonDialog>
  );
}
