import type { PayoutAccount } from '@jishi/marketplace/console-api';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decideAccount, showAccountNumber } from '../../api/payout.ts';
import { useCommand } from '../../components/command.ts';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { Instant } from '../../components/values.tsx';
import { MaskedAccount } from './words.tsx';

interface AccountChangeProps {
  readonly of: PayoutAccount;
  readonly change: NonNullable<PayoutAccount['change']>;
  readonly allowed: boolean;
}

/** Another account that a seller has entered: verified with a small transfer, then approved or rejected (O-2). */
export function AccountChange({ of: { owner }, change, allowed }: AccountChangeProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'approve' | 'reject' | null>(null);
  const show = useCommand({ run: () => showAccountNumber(owner.id), refresh: [] });
  const decide = useCommand({
    run: (reason: string) => decideAccount(owner.id, { askedAt: change.askedAt, approve: open === 'approve', reason }),
    refresh: ['settlement'],
    done: t('payout.change.decided'),
    onDone: () => setOpen(null),
    onFailed: () => true,
  });
  return (
    <div className="stack stack--tight" data-testid="account-change" data-state={change.state}>
      <MaskedAccount account={change} />
      <span className="soft">
        {t(`payout.change.${change.state}`)} <Instant at={change.askedAt} />
      </span>
      {change.reason !== null && <span className="soft">{change.reason}</span>}
      {change.state === 'PENDING' && (
        <>
          {show.data !== undefined && (
            <span className="mono" data-testid="account-number-shown">
              {show.data.number}
            </span>
          )}
          <span className="row">
            <Button
              size="small"
              disabled={!allowed}
              loading={show.isPending}
              onClick={() => show.mutate(undefined)}
              title={t('payout.change.showHelp')}
              data-testid="show-number"
            >
              {t('payout.change.show')}
            </Button>
            <Button size="small" disabled={!allowed} onClick={() => setOpen('approve')} data-testid="approve-account">
              {t('payout.change.approve')}
            </Button>
            <Button size="small" disabled={!allowed} onClick={() => setOpen('reject')} data-testid="reject-account">
              {t('payout.change.reject')}
            </Button>
          </span>
        </>
      )}
      {open !== null && (
        <ReasonDialog
          title={t(`payout.change.${open}`)}
          confirm={t(`payout.change.${open}`)}
          busy={decide.isPending}
          error={decide.error}
          onClose={() => setOpen(null)}
          onConfirm={(reason) => decide.mutate(reason)}
        >
          {t(`payout.change.${open}Help`, { name: owner.name, holder: change.holder, tail: change.tail })}
        </ReasonDialog>
      )}
    </div>
  );
}
