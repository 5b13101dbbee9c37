import type { Booking } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { matchBooking, setAsideBookings } from '../../api/payout.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { may } from '../../shell/areas.ts';
import { useMoney } from '../settlement/words.ts';

/** A person says which payment a booking belongs to. */
export function DecideBooking({ booking }: { booking: Booking }) {
  const { t } = useTranslation();
  const allowed = may(useQuery(sessionQuery).data, 'settlement.decide');
  const [open, setOpen] = useState(false);
  if (booking.state !== 'OPEN' || !allowed) return '—';
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)} data-testid="match">
        {t('payout.match.button')}
      </Button>
      {open && <Match booking={booking} onClose={() => setOpen(false)} />}
    </>
  );
}

interface DialogProps {
  readonly booking: Booking;
  readonly onClose: () => void;
}

function Match({ booking, onClose }: DialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const money = useMoney();
  const [paymentId, setPaymentId] = useState(booking.suggested[0] ?? '');
  const match = useCommand({
    run: () => matchBooking(booking.entryId, paymentId.trim()),
    refresh: ['settlement'],
    done: t('payout.match.done'),
    onDone: onClose,
    onFailed: () => true,
  });
  return (
    <Modal
      open
      title={t('payout.match.title')}
      okText={t('payout.match.button')}
      okButtonProps={{ disabled: paymentId.trim() === '', 'data-testid': 'match-confirm' }}
      confirmLoading={match.isPending}
      onOk={() => match.mutate(undefined)}
      onCancel={onClose}
    >
      <div className="stack">
        <p>{t('payout.match.help', { amount: money(booking.amount, booking.currency), day: booking.bookedOn })}</p>
        {booking.suggested.length > 0 && (
          <div className="row">
            {t('payout.match.suggested')}
            {booking.suggested.map((each) => (
              <Button key={each} size="small" onClick={() => setPaymentId(each)}>
                <span className="mono">{each}</span>
              </Button>
            ))}
          </div>
        )}
        <div className="filter">
          <label htmlFor={id}>{t('payout.match.payment')}</label>
          <Input
            id={id}
            value={paymentId}
            maxLength={35}
            onChange={({ target }) => setPaymentId(target.value)}
            data-testid="match-payment"
          />
        </div>
        {match.error != null && <Failure error={match.error} />}
      </div>
    </Modal>
  );
}

interface SetAsideProps {
  readonly entryIds: readonly string[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Why these bookings have nothing to do with pay-outs; several at once, for a statement holds many of them. */
export function SetAside({ entryIds, onClose, onDone }: SetAsideProps) {
  const { t } = useTranslation();
  const put = useCommand({
    run: (reason: string) => setAsideBookings(entryIds, reason),
    refresh: ['settlement'],
    done: t('payout.aside.done'),
    onDone,
    onFailed: () => true,
  });
  return (
    <ReasonDialog
      title={t('payout.aside.title', { bookings: entryIds.length })}
      confirm={t('payout.aside.button')}
      busy={put.isPending}
      error={put.error}
      onClose={onClose}
      onConfirm={(reason) => put.mutate(reason)}
    >
      {t('payout.aside.help')}
    </ReasonDialog>
  );
}
