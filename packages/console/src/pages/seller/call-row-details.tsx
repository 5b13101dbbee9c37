import type { SellerCallView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { Id } from '../../components/copy.tsx';
import { CallLink } from '../../components/links.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { CallActions, ClosedBy } from './by-hand.tsx';

/** A row opened in place: the exception in words, the ids, Restart, and the way to the whole record. */
export function CallRowDetails({ call }: { call: SellerCallView }) {
  const { t } = useTranslation();
  const text = useText();
  const failed = call.state !== 'SUCCEEDED' && call.last?.diagnosisSummary != null;
  return (
    <div className="stack stack--tight">
      <dl className="facts">
        {failed && call.last?.diagnosisSummary != null && (
          <Pair
            term={t('call.exception')}
            value={
              <>
                {text(call.last.diagnosisSummary)} <span className="mono soft">{call.last.diagnosisCode}</span>
              </>
            }
          />
        )}
        <Pair term={t('order.lineNumber')} value={<Id value={call.orderLineId} name={t('order.lineNumber')} />} />
        {call.instanceId !== null && (
          <Pair term={t('service.instanceId')} value={<Id value={call.instanceId} name={t('service.instanceId')} />} />
        )}
        {call.closed !== null && <Pair term={t('byHand.closed')} value={<ClosedBy closed={call.closed} />} />}
        <Pair term={t('call.windowEnds')} value={<Instant at={call.windowEndsAt} exact />} />
      </dl>
      <div className="row">
        <CallLink id={call.callId}>{t('call.openRecord')}</CallLink>
        <CallActions call={call} />
      </div>
    </div>
  );
}
