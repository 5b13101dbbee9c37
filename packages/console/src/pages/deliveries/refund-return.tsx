import type { RefundView } from '@jishi/marketplace/console-api';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inspectReturn, linkRefundProof } from '../../api/lives.ts';
import { sendBack } from '../../api/subscriptions.ts';
import { useCommand } from '../../components/command.ts';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { DeliveredFile } from './delivered-file.tsx';
import { type Parcel, ParcelFields, useParcel } from './parcel-fields.tsx';

/** The way back of received hardware (settlement.md 7.4): sent by the buyer, inspected by the seller. */
export function RefundReturn({ refund }: { refund: RefundView }) {
  if (refund.may.sendBack) return <SendBack refund={refund} />;
  return refund.may.inspect ? <Inspect refund={refund} /> : null;
}

function SendBack({ refund }: { refund: RefundView }) {
  const { t } = useTranslation();
  const parcel = useParcel();
  const send = useCommand({
    run: ({ carrier, trackingNo }: Parcel) => sendBack(refund.refundId, carrier, trackingNo),
    refresh: [],
    done: t('supervision.refund.sentBack'),
  });
  return (
    <form
      className="stack"
      aria-label={t('supervision.refund.sendBack')}
      data-testid="send-back"
      onSubmit={(event) => {
        event.preventDefault();
        const sent = parcel.take();
        if (sent) send.mutate(sent);
      }}
    >
      <p className="soft">{t('supervision.refund.sendBackHelp')}</p>
      <ParcelFields parcel={parcel} />
      <span>
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          {t('supervision.refund.sendBack')}
        </Button>
      </span>
    </form>
  );
}

function Inspect({ refund }: { refund: RefundView }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const answer = useCommand({
    run: ({ accept, comment }: { accept: boolean; comment: string }) => inspectReturn(refund.refundId, accept, comment),
    refresh: [],
    done: t('supervision.refund.inspected'),
    onDone: () => setOpen(false),
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
