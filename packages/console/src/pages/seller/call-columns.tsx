import type { SellerCallView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { CallLink, OrderLink } from '../../components/links.tsx';
import type { Column } from '../../components/rows.tsx';
import { CallState } from '../../components/state.tsx';
import { Instant } from '../../components/values.tsx';
import { formatDuration } from '../../format/time.ts';
import { useText } from '../../i18n/text.ts';
import { may } from '../../shell/areas.ts';
import { protocolOf, useActivityName } from './activities.ts';
import { isRestartable } from './call-selection.tsx';

interface Choice {
  readonly wanted: readonly string[];
  readonly onToggle: (callId: string, on: boolean) => void;
}

/** The columns of S-27, what belongs together in one cell; order line, instance and actor stand in the opened row and the record. */
export function useCallColumns({ wanted, onToggle }: Choice): Column<SellerCallView>[] {
  const { t } = useTranslation();
  const text = useText();
  const activityName = useActivityName();
  const mayRestart = may(useQuery(sessionQuery).data, 'call.restart');
  return [
    {
      key: 'time',
      title: t('call.time'),
      render: (call) => (
        <span className="row" style={{ flexWrap: 'nowrap' }}>
          {mayRestart && (
            <Checkbox
              checked={isRestartable(call) && wanted.includes(call.callId)}
              disabled={!isRestartable(call)}
              onChange={(event) => onToggle(call.callId, event.target.checked)}
              aria-label={t('bulk.choose', { activity: call.activity, orderId: call.orderId })}
              data-testid="choose-row"
            />
          )}
          <CallLink id={call.callId}>
            <Instant at={call.last?.at ?? call.createdAt} exact />
          </CallLink>
        </span>
      ),
    },
    {
      key: 'activity',
      title: t('call.activity'),
      render: (call) => (
        <>
          {activityName(call.activity)} <div className="mono soft">{call.activity}</div>
          <div className="soft">{t(`protocol.${protocolOf(call)}`)}</div>
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
