import type { RefundView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { refundQuery } from '../../api/subscriptions.ts';
import { Id } from '../../components/copy.tsx';
import { Loaded } from '../../components/feedback.tsx';
import { OrderLink, ServiceLink, useBase } from '../../components/links.tsx';
import { Panel } from '../../components/page.tsx';
import { NextStep, RecordPage } from '../../components/record.tsx';
import { Pair } from '../../components/rows.tsx';
import { Amount, Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { may } from '../../shell/areas.ts';
import { ConsumptionFacts } from '../consumption-facts.tsx';
import { RefundReturn, ReturnFacts } from '../deliveries/refund-return.tsx';
import { Contact, ReviewRefund, ReviewState, useReviewHelp } from './refund-review.tsx';

/** One refund application for whoever reviews it: what is asked, why, what was answered. */
export function ReviewPage() {
  const { refundId } = useParams({ strict: false });
  return <Review refundId={refundId ?? ''} />;
}

function Review({ refundId }: { refundId: string }) {
  const { t } = useTranslation();
  const text = useText();
  const help = useReviewHelp();
  const refund = useQuery(refundQuery(refundId));
  return (
    <Loaded query={refund} title={t('review.title')}>
      {(found) => (
        <RecordPage
          title={text(found.productName)}
          state={<ReviewState refund={found} large />}
          subtitle={
            <>
              {t(`refund.kind.${found.kind}`)} · {found.buyerName} ·{' '}
              <Id value={found.refundId} name={t('refund.number')} />
            </>
          }
          next={<NextStep action={<Action refund={found} />}>{help(found)}</NextStep>}
        >
          <Facts refund={found} />
          <RefundReturn refund={found} />
        </RecordPage>
      )}
    </Loaded>
  );
}

/** Review, or why not: somebody else's turn is told by the sentence beside it. */
function Action({ refund }: { refund: RefundView }) {
  const { t } = useTranslation();
  const turn = useBase() === 'operator' ? 'LARGE_REVIEW' : 'SELLER_REVIEW';
  const allowed = may(useQuery(sessionQuery).data, 'refund.decide');
  if (refund.may.decide) return <ReviewRefund refund={refund} />;
  if (refund.state !== turn || allowed) return null;
  return (
    <span className="soft" data-testid="why-not">
      {t('review.role')}
    </span>
  );
}

function Facts({ refund }: { refund: RefundView }) {
  const { t } = useTranslation();
  const text = useText();
  const operator = useBase() === 'operator';
  return (
    <Panel title={t('refund.facts')}>
      <dl className="facts">
        <Pair term={t('refund.paid')} value={<Amount money={refund.paid} />} />
        <ConsumptionFacts refund={refund} />
        <Pair term={t('review.asked')} value={<Amount money={refund.amount} testId="refund-amount" />} />
        <Pair term={t('lives.customer')} value={refund.buyerName} />
        {operator && <Pair term={t('lives.seller')} value={refund.sellerName} />}
        <Pair
          term={t('refund.service')}
          value={<ServiceLink id={refund.resourceId}>{text(refund.productName)}</ServiceLink>}
        />
        <Pair term={t('refund.order')} value={<OrderLink id={refund.orderId} />} />
        {refund.refundOrderId !== null && (
          <Pair term={t('refund.refundOrder')} value={<OrderLink id={refund.refundOrderId} />} />
        )}
        <Pair term={t('refund.createdAt')} value={<Instant at={refund.createdAt} />} />
        {refund.decidedAt !== null && <Pair term={t('refund.decidedAt')} value={<Instant at={refund.decidedAt} />} />}
        <Pair term={t('refund.reason')} value={<span className="prose">{refund.reason}</span>} />
        <Pair term={t('review.contact')} value={<Contact refund={refund} />} />
        {refund.comment !== null && refund.comment !== '' && (
          <Pair term={t('refund.comment')} value={<span className="prose">{refund.comment}</span>} />
        )}
        <ReturnFacts refund={refund} />
      </dl>
    </Panel>
  );
}
