import type { OrderDeliveryView } from '@jishi/marketplace/console-api';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { NextStep } from '../../components/record.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { Answers } from './answers.tsx';
import { AppealPanel } from './appeal-panel.tsx';
import { HandoverState } from './delivery-state.tsx';
import { useDeliveryNext } from './delivery-words.ts';
import { DocumentFacts } from './documents.tsx';
import { HandOver } from './hand-over.tsx';
import { Milestones } from './milestones.tsx';
import { PayloadFacts } from './payload.tsx';
import { RequirementForm } from './requirement-form.tsx';
import { SupervisionSteps } from './supervision-steps.tsx';
import { useDeliveryOf } from './use-delivery.ts';

/** What was or is to be handed over for a service: beside it on the page of the service and of the order. Plain SaaS has none. */
export function DeliveryOfResource({ resourceId }: { resourceId: string }) {
  const { delivery, error } = useDeliveryOf(resourceId);
  if (error !== null) return <Failure error={error} />;
  return delivery == null ? null : <DeliveryBlock delivery={delivery} />;
}

/** One delivery with the one thing to do about it. */
export function DeliveryBlock({ delivery }: { delivery: OrderDeliveryView }) {
  const { t } = useTranslation();
  const next = useDeliveryNext();
  const client = useQueryClient();
  // order, line and service move with it
  const readAgain = (): void => void client.invalidateQueries();
  return (
    <Panel title={t('handover.title')}>
      <div className="stack" data-testid="delivery" data-kind={delivery.payload.kind}>
        <NextStep action={<Answers delivery={delivery} onDone={readAgain} />}>{next(delivery)}</NextStep>
        <SupervisionSteps delivery={delivery} />
        <Milestones delivery={delivery} onDone={readAgain} />
        <DeliveryFacts delivery={delivery} />
        {delivery.may.require && <RequirementForm delivery={delivery} />}
        <HandOver delivery={delivery} onDone={readAgain} />
        <AppealPanel delivery={delivery} onDone={readAgain} />
      </div>
    </Panel>
  );
}

function DeliveryFacts({ delivery }: { delivery: OrderDeliveryView }) {
  const { t } = useTranslation();
  const text = useText();
  const { enablingAt, deliveredAt, acceptedAt, endedAt, reason } = delivery;
  const times = [
    { term: t('handover.deliveredAt'), at: deliveredAt },
    { term: t('handover.enablingAt'), at: enablingAt },
    { term: t('handover.acceptedAt'), at: acceptedAt },
    { term: t('handover.endedAt'), at: endedAt },
  ];
  return (
    <dl className="facts">
      <Pair term={t('handover.kind')} value={t(`handover.kinds.${delivery.payload.kind}`)} />
      <Pair term={t('handover.status')} value={<HandoverState status={delivery.status} />} />
      {reason !== null && <Pair term={t('handover.reason')} value={text(reason)} />}
      <PayloadFacts delivery={delivery} />
      <DocumentFacts delivery={delivery} />
      {times.map(({ term, at }) => at !== null && <Pair key={term} term={term} value={<Instant at={at} />} />)}
    </dl>
  );
}
