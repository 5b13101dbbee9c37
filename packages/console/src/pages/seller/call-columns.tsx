import type { SellerCallView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { CallLink, OrderLink } from '../../components/links.tsx';
import type { Column } from '../../components/rows.tsx';
import { CallState } from '../../components/state.tsx';
import { Instant } from '../../components/values.tsx';
import { formatDuration } from '../../format/time.ts';
import { useText } from '../../i18n/text.ts';
import { useActivityName } from './activities.ts';

/** The columns of S-27, what belongs together in one cell; order line, instance and actor stand in the opened row and the record. */
export function useCallColumns(): Column<SellerCallView>[] {
  const { t } = useTranslation();
  const text = useText();
  const activityName = useActivityName();
  return [
    {
      key: 'time',
      title: t('call.time'),
      render: (call) => (
        <CallLink id={call.callId}>
          <Instant at={call.last?.at ?? call.createdAt} exact />
        </CallLink>
      ),
    },
    {
      key: 'activity',
      title: t('call.activity'),
      render: (call) => (
        <>
          {activityName(call.activity)} <div className="mono soft">{call.activity}</div>
        </>
      ),
    },
    {
      key: 'state',
      title: t('call.state'),
      render: (call) => (
        <>
          <CallState call={call} />
          {call.nextAttemptAt !== null && (
            <div className="soft">
              {t('call.nextAttempt')} <Instant at={call.nextAttemptAt} />
            </div>
          )}
        </>
      ),
    },
    {
      key: 'product',
      title: `${t('order.product')} / ${t('order.number')}`,
      render: (call) => (
        <>
          {text(call.productName)}
          <div>
            <OrderLink id={call.orderId} />
          </div>
        </>
      ),
    },
    { key: 'attempts', title: t('call.attempts'), align: 'right', render: (call) => call.attempts },
    {
      key: 'duration',
      title: t('call.duration'),
      align: 'right',
      render: (call) => (call.last === null ? '—' : formatDuration(call.last.durationMs)),
    },
    { key: 'http', title: 'HTTP', align: 'right', render: (call) => call.last?.httpStatus ?? '—' },
    {
      key: 'result',
      title: t('call.result'),
      render: (call) => (
        <div style={{ maxWidth: 240 }}>
          <span className="mono">{call.last?.resultCode ?? '—'}</span> <div>{call.last?.resultMsg ?? ''}</div>
        </div>
      ),
    },
  ];
}
