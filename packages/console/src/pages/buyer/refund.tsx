import type { RefundView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { refundQuery } from '../../api/subscriptions.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { Id } from '../../components/copy.tsx';
import { Loaded } from '../../components/feedback.tsx';
import { OrderLink, ServiceLink } from '../../components/links.tsx';
import { Panel } from '../../components/page.tsx';
import { NextStep, RecordPage } from '../../components/record.tsx';
import { Pair } from '../../components/rows.tsx';
import { RefundState } from '../../components/state.tsx';
import { Amount, Instant } from '../../components/values.tsx';
import { formatInstant } from '../../format/time.ts';
import { useText } from '../../i18n/text.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { ConsumptionFacts } from '../consumption-facts.tsx';
import { RefundReturn, ReturnFacts } from '../deliveries/refund-return.tsx';
import { WithdrawRefund } from './withdraw-refund.tsx';

const route = getRouteApi('/refunds/$refundId');

/** How often the page asks while the money is on its way or somebody reviews. */
const openPollMs = 15_000;
const openStates: readonly RefundView['state'][] = ['SELLER_REVIEW', 'LARGE_REVIEW', 'WAIT_INSPECTION', 'EXECUTING'];

/** One refund request: where it stands, what comes next, what was asked for and what was answered. */
export function RefundPage() {
  const { t } = useTranslation();
  const text = useText();
  const { refundId } = route.useParams();
  const refund = useQuery({
    ...refundQuery(refundId),
    refetchInterval: ({ state }) =>
      state.data !== undefined && openStates.includes(state.data.state) ? openPollMs : false,
  });
  return (
    <Loaded query={refund} title={t('refund.title')}>
      {(found) => (
        <RecordPage
          title={text(found.productName)}
          state={<RefundState state={found.state} large />}
          subtitle={
            <>
              {t(`refund.kind.${found.kind}`)} · <Id value={found.refundId} name={t('refund.number')} />
            </>
          }
          next={<Next refund={found} />}
        >
          <Facts refund={found} />
          <RefundReturn refund={found} />
        </RecordPage>
      )}
    </Loaded>
  );
}

function Next({ refund }: { refund: RefundView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const action = refund.may.withdraw ? (
    <WithdrawRefund refund={refund} />
  ) : refund.state === 'REJECTED' ? (
    <ButtonLink to="/services/$resourceId/unsubscription" params={{ resourceId: refund.resourceId }} search={{}}>
      {t('refund.again')}
    </ButtonLink>
  ) : undefined;
  return (
    <NextStep action={action}>
      {t(`refund.state.${refund.state}.help`)}{' '}
      {refund.approvedAt !== null &&
        refund.state === 'LARGE_REVIEW' &&
        t('refund.approvedAt', { at: formatInstant(refund.approvedAt, language) })}
    </NextStep>
  );
}

function Facts({ refund }: { refund: RefundView }) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <Panel title={t('refund.facts')}>
      <dl className="facts">
        <Pair term={t('refund.paid')} value={<Amount money={refund.paid} />} />
        <ConsumptionFacts refund={refund} />
        <Pair term={t('refund.back')} value={<Amount money={refund.amount} testId="refund-amount" />} />
        <Pair
          term={t('refund.service')}
          value={<ServiceLink id={refund.resourceId}>{text(refund.productName)}</ServiceLink>}
        />
        <Pair term={t('product.seller')} value={refund.sellerName} />
        <Pair term={t('refund.order')} value={<OrderLink id={refund.orderId} />} />
        {refund.refundOrderId !== null && (
          <Pair term={t('refund.refundOrder')} value={<OrderLink id={refund.refundOrderId} />} />
        )}
        <Pair term={t('refund.createdAt')} value={<Instant at={refund.createdAt} />} />
        {refund.decidedAt !== null && <Pair term={t('refund.decidedAt')} value={<Instant at={refund.decidedAt} />} />}
        <Pair term={t('refund.reason')} value={<span className="prose">{refund.reason}</span>} />
        {refund.contact !== null && (
          <Pair
            term={t('refund.contactShown')}
            value={[refund.contact.phone, refund.contact.email].filter((one) => one !== '').join(' · ')}
          />
        )}
        {refund.comment !== null && refund.comment !== '' && (
          <Pair term={t('refund.comment')} value={<span className="prose">{refund.comment}</span>} />
        )}
        <ReturnFacts refund={refund} />
      </dl>
    </Panel>
  );
}
