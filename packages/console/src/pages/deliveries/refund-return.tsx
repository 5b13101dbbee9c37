import type { RefundView } from '@jishi/marketplace/console-api';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inspectReturn, linkRefundProof } from '../../api/lives.ts';
import { sendBack } from '../../api/subscriptions.ts';
import { useCommand } from '../../components/command.ts';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { DeliveredFile } from './delivered-file.tsx';

/** The way back of received hardware (settlement.md 7.4): sent by the buyer, inspected by the seller. */
export function RefundReturn({ refund }: { refund: RefundView }) {
  const client = useQueryClient();
  const readAgain = (): void => void client.invalidateQueries();
  if (refund.may.sendBack) return <SendBack refund={refund} onDone={readAgain} />;
  return refund.may.inspect ? <Inspect refund={refund} onDone={readAgain} /> : null;
}

interface ReturnProps {
  readonly refund: RefundView;
  readonly onDone: () => void;
}

const trackingNumber = /^[A-Za-z0-9-]{4,64}$/;

function SendBack({ refund, onDone }: ReturnProps) {
  const { t } = useTranslation();
  const id = useId();
  const [carrier, setCarrier] = useState('');
  const [trackingNo, setTrackingNo] = useState('');
  const whole = carrier.trim() !== '' && trackingNumber.test(trackingNo.trim());
  const send = useCommand({
    run: () => sendBack(refund.refundId, carrier.trim(), trackingNo.trim()),
    refresh: [],
    done: t('supervision.refund.sentBack'),
    onDone,
  });
  return (
    <form
      className="stack"
      aria-label={t('supervision.refund.sendBack')}
      data-testid="send-back"
      onSubmit={(event) => {
        event.preventDefault();
        if (whole) send.mutate(undefined);
      }}
    >
      <p className="soft">{t('supervision.refund.sendBackHelp')}</p>
      <div className="filters">
        <div className="filter">
          <label htmlFor={`${id}-carrier`}>{t('handover.parcel.carrier')}</label>
          <Input
            id={`${id}-carrier`}
            value={carrier}
            maxLength={64}
            onChange={(event) => setCarrier(event.target.value)}
          />
        </div>
        <div className="filter">
          <label htmlFor={`${id}-number`}>{t('handover.parcel.trackingNo')}</label>
          <Input
            id={`${id}-number`}
            className="mono"
            value={trackingNo}
            maxLength={64}
            onChange={(event) => setTrackingNo(event.target.value)}
          />
          <span className="soft">{t('handover.parcel.trackingRule')}</span>
        </div>
      </div>
      <span>
        <Button type="primary" htmlType="submit" disabled={!whole} loading={send.isPending}>
          {t('supervision.refund.sendBack')}
        </Button>
      </span>
    </form>
  );
}

function Inspect({ refund, onDone }: ReturnProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const answer = useCommand({
    run: ({ accept, comment }: { accept: boolean; comment: string }) => inspectReturn(refund.refundId, accept, comment),
    refresh: [],
    done: t('supervision.refund.inspected'),
    onDone: () => {
      setOpen(false);
      onDone();
    },
  });
  return (
    <span className="row" data-testid="inspect-return">
      <Button onClick={() => setOpen(true)}>{t('supervision.refund.rejectReturn')}</Button>
      <Button type="primary" loading={answer.isPending} onClick={() => answer.mutate({ accept: true, comment: '' })}>
        {t('supervision.refund.inspect')}
      </Button>
      {open && (
        <ReasonDialog
          title={t('supervision.refund.rejectReturn')}
          confirm={t('supervision.refund.rejectReturn')}
          danger
          onClose={() => setOpen(false)}
          onConfirm={(comment) => answer.mutate({ accept: false, comment })}
          busy={answer.isPending}
          error={null}
        >
          {t('supervision.refund.rejectReturnWhat')}
        </ReasonDialog>
      )}
    </span>
  );
}

/** Facts of hardware and proofs, inside of a `<dl>`. */
export function ReturnFacts({ refund: { refundId, goods, returned, deadlineAt, proofs } }: { refund: RefundView }) {
  const { t } = useTranslation();
  return (
    <>
      {goods !== 'NONE' && (
        <Pair term={t('supervision.refund.goodsAt')} value={t(`supervision.refund.goods.${goods}`)} />
      )}
      {returned !== null && (
        <Pair term={t('supervision.refund.returned')} value={`${returned.carrier} ${returned.trackingNo}`} />
      )}
      {deadlineAt !== null && <Pair term={t('supervision.refund.deadline')} value={<Instant at={deadlineAt} />} />}
      {proofs.length > 0 && (
        <Pair
          term={t('supervision.refund.proofs')}
          value={
            <ul className="plain-list stack stack--tight">
              {proofs.map((file) => (
                <li key={file.fileId}>
                  <DeliveredFile file={file} link={() => linkRefundProof(refundId, file.fileId)} />
                </li>
              ))}
            </ul>
          }
        />
      )}
    </>
  );
}
