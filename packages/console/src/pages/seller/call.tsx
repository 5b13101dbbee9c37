import type { SellerCallDetailsView, SellerCallView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { callQuery } from '../../api/queries.ts';
import { Id } from '../../components/copy.tsx';
import { Loaded } from '../../components/feedback.tsx';
import { OrderLink } from '../../components/links.tsx';
import { Panel } from '../../components/page.tsx';
import { NextStep, RecordPage } from '../../components/record.tsx';
import { Pair } from '../../components/rows.tsx';
import { CallState } from '../../components/state.tsx';
import { Instant } from '../../components/values.tsx';
import { formatInstantExactly } from '../../format/time.ts';
import { useText } from '../../i18n/text.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { protocolOf, useActivityName } from './activities.ts';
import { Attempts } from './attempts.tsx';
import { CallActions, ClosedBy } from './by-hand.tsx';

/** While a call is due or running its record is read again this often. */
const movingPollMs = 3_000;

/** One call to a seller: its state, what comes next, and each attempt with request, response and diagnosis. */
export function CallPage() {
  const { callId } = useParams({ strict: false });
  return <CallRecord callId={callId ?? ''} />;
}

function CallRecord({ callId }: { callId: string }) {
  const { t } = useTranslation();
  const activityName = useActivityName();
  const details = useQuery({
    ...callQuery(callId),
    refetchInterval: (query) => (isMoving(query.state.data) ? movingPollMs : false),
  });
  return (
    <Loaded query={details} title={t('call.title')}>
      {({ call, attempts }) => (
        <RecordPage
          title={`${activityName(call.activity)} ${call.activity}`}
          state={<CallState call={call} large />}
          subtitle={
            <>
              {t(`protocol.${protocolOf(call)}`)} · <Id value={call.callId} name={t('call.number')} />
            </>
          }
          next={<CallNext call={call} />}
        >
          <Panel title={t('call.attemptsTitle')}>
            <Attempts attempts={attempts} />
          </Panel>
          <CallFacts call={call} />
        </RecordPage>
      )}
    </Loaded>
  );
}

function CallNext({ call }: { call: SellerCallView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const time = (instant: string): string => formatInstantExactly(instant, language);
  const restart = call.state === 'SUCCEEDED' ? undefined : <CallActions call={call} />;
  switch (call.state) {
    case 'DUE':
      return (
        <NextStep action={restart}>
          {t('call.next.DUE', { time: time(call.nextAttemptAt ?? call.createdAt), end: time(call.windowEndsAt) })}
        </NextStep>
      );
    case 'RUNNING':
    case 'STOPPED':
    case 'RESOLVED':
      if (call.closed !== null && call.state === 'RESOLVED') return <NextStep>{t('byHand.done.next')}</NextStep>;
      return <NextStep action={restart}>{t(`call.next.${call.state}`)}</NextStep>;
    case 'SUCCEEDED':
      return <NextStep>{t('call.next.SUCCEEDED')}</NextStep>;
  }
}

function CallFacts({ call }: { call: SellerCallView }) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <Panel title={t('call.facts')}>
      <dl className="facts">
        <Pair term={t('order.product')} value={text(call.productName)} />
        <Pair term={t('product.number')} value={<Id value={call.goodsId} name={t('product.number')} />} />
        <Pair term={t('order.number')} value={<OrderLink id={call.orderId} />} />
        <Pair term={t('order.lineNumber')} value={<Id value={call.orderLineId} name={t('order.lineNumber')} />} />
        {call.instanceId !== null && (
          <Pair term={t('service.instanceId')} value={<Id value={call.instanceId} name={t('service.instanceId')} />} />
        )}
        {call.closed !== null && <Pair term={t('byHand.closed')} value={<ClosedBy closed={call.closed} />} />}
        <Pair term={t('product.seller')} value={call.sellerName} />
        <Pair term={t('order.createdAt')} value={<Instant at={call.createdAt} exact />} />
        <Pair term={t('call.windowEnds')} value={<Instant at={call.windowEndsAt} exact />} />
        <Pair term={t('order.traceId')} value={<Id value={call.traceId} name={t('order.traceId')} />} />
      </dl>
    </Panel>
  );
}

function isMoving(details: SellerCallDetailsView | undefined): boolean {
  return details?.call.state === 'DUE' || details?.call.state === 'RUNNING';
}
