import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decideCommissionBills } from '../../api/partners.ts';
import { useCommand } from '../../components/command.ts';
import { ReasonDialog } from '../../components/reason-dialog.tsx';

interface DecideBillsProps {
  readonly billIds: readonly string[];
  /** on the page of one bill the buttons count nothing */
  readonly single?: boolean;
  readonly onDone?: () => void;
}

/** A distributor confirms bills that were sent to it, or rejects them with what is wrong (settlement.md 4.6). */
export function DecideBills({ billIds, single = false, onDone }: DecideBillsProps) {
  const { t } = useTranslation();
  const [rejecting, setRejecting] = useState(false);
  const count = billIds.length;
  const confirm = useCommand({
    run: () => decideCommissionBills({ billIds: [...billIds], accept: true }),
    refresh: ['settlement'],
    done: t('partners.bills.confirmed'),
    onDone: () => onDone?.(),
  });
  const reject = useCommand({
    run: (reason: string) => decideCommissionBills({ billIds: [...billIds], accept: false, reason }),
    refresh: ['settlement'],
    done: t('partners.bills.rejected'),
    onDone: () => {
      setRejecting(false);
      onDone?.();
    },
    onFailed: () => true,
  });
  return (
    <span className="row">
      <Popconfirm
        title={t('partners.bills.confirmAsk', { count })}
        okText={t('partners.bills.confirm')}
        okButtonProps={{ 'data-testid': 'confirm-bills-yes' }}
        onConfirm={() => confirm.mutate(undefined)}
        disabled={count === 0}
      >
        <Button type="primary" disabled={count === 0} loading={confirm.isPending} data-testid="confirm-bills">
          {single ? t('partners.bills.confirm') : t('partners.bills.confirmChosen', { count })}
        </Button>
      </Popconfirm>
      <Button disabled={count === 0} onClick={() => setRejecting(true)} data-testid="reject-bills">
        {single ? t('partners.bills.reject') : t('partners.bills.rejectChosen', { count })}
      </Button>
      {rejecting && (
        <ReasonDialog
          title={t('partners.bills.rejectTitle')}
          confirm={t('partners.bills.reject')}
          busy={reject.isPending}
          error={reject.error}
          onClose={() => setRejecting(false)}
          onConfirm={(reason) => reject.mutate(reason)}
        >
          {t('partners.bills.rejectHelp')}
        </ReasonDialog>
      )}
    </span>
  );
}
