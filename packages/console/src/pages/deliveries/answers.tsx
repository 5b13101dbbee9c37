import type { OrderDeliveryView } from '@jishi/marketplace/console-api';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confirmRequirement, rejectDelivery, rejectRequirement, reviewDelivery } from '../../api/deliveries.ts';
import { useCommand } from '../../components/command.ts';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { Accept } from './accept.tsx';

interface AnswersProps {
  readonly delivery: OrderDeliveryView;
  readonly onDone: () => void;
}

/** What this reader answers now: to a requirement, a delivery, a report of acceptance (S-41, B-93, O-22). */
export function Answers({ delivery, onDone }: AnswersProps) {
  const { t } = useTranslation();
  const { deliveryId, supervision } = delivery;
  const confirm = useCommand({
    run: () => confirmRequirement(deliveryId),
    refresh: [],
    done: t('supervision.confirm.done'),
    onDone,
  });
  const approve = useCommand({
    run: () => reviewDelivery(deliveryId, true, ''),
    refresh: [],
    done: t('supervision.review.done'),
    onDone,
  });
  const may = supervision?.may;
  return (
    <span className="row">
      {may?.confirmRequirement === true && (
        <>
          <Reject
            words="requirement"
            send={(reason) => rejectRequirement(deliveryId, reason)}
            onDone={onDone}
            testId="reject-requirement"
          />
          <Button
            type="primary"
            loading={confirm.isPending}
            onClick={() => confirm.mutate(undefined)}
            data-testid="confirm-requirement"
          >
            {t('supervision.confirm.button')}
          </Button>
        </>
      )}
      {may?.review === true && (
        <>
          <Reject
            words="review"
            send={(reason) => reviewDelivery(deliveryId, false, reason)}
            onDone={onDone}
            testId="return-delivery"
          />
          <Button
            type="primary"
            loading={approve.isPending}
            onClick={() => approve.mutate(undefined)}
            data-testid="approve-delivery"
          >
            {t('supervision.review.approve')}
          </Button>
        </>
      )}
      {may?.rejectDelivery === true && (
        <Reject
          words="delivery"
          send={(reason) => rejectDelivery(deliveryId, reason)}
          onDone={onDone}
          testId="reject-delivery"
        />
      )}
      <Accept delivery={delivery} onDone={onDone} />
    </span>
  );
}

interface RejectProps {
  readonly words: 'requirement' | 'delivery' | 'review';
  readonly send: (reason: string) => Promise<OrderDeliveryView>;
  readonly onDone: () => void;
  readonly testId: string;
}

/** Asks for the reason that the other side reads. */
function Reject({ words, send, onDone, testId }: RejectProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const reject = useCommand({
    run: send,
    refresh: [],
    done: t('supervision.reject.done'),
    onDone: () => {
      setOpen(false);
      onDone();
    },
  });
  return (
    <>
      <Button onClick={() => setOpen(true)} data-testid={testId}>
        {t(`supervision.reject.${words}.button`)}
      </Button>
      {open && (
        <ReasonDialog
          title={t(`supervision.reject.${words}.title`)}
          confirm={t(`supervision.reject.${words}.button`)}
          onClose={() => setOpen(false)}
          onConfirm={(reason) => reject.mutate(reason)}
          busy={reject.isPending}
          error={null}
        >
          {t(`supervision.reject.${words}.what`)}
        </ReasonDialog>
      )}
    </>
  );
}
