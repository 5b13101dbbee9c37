import type { WebhookDeliveryView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { webhookDeliveriesQuery, webhookEventsQuery } from '../../api/webhooks.ts';
import { Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters } from '../../components/filters.tsx';
import { Marked } from '../../components/outcome.tsx';
import { Panel } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { callStates, isFiltered } from '../../search/params.ts';
import { parseWebhookSearch } from '../../search/webhook-params.ts';
import { DeliveryDetail } from './delivery.tsx';
import { EventName } from './event-name.tsx';
import { useAnswer } from './words.ts';

/** how soon a delivery that waits or is on its way is looked at again */
const watchMs = 2_000;

/** What was sent to an endpoint, newest first; a row opens to its attempts. */
export function Deliveries({ endpointId }: { endpointId: string }) {
  const { t } = useTranslation();
  const search = parseWebhookSearch(useSearch({ strict: false }));
  const text = useText();
  const events = useQuery(webhookEventsQuery);
  const deliveries = useQuery({
    ...webhookDeliveriesQuery(endpointId, search),
    refetchInterval: ({ state }) =>
      state.data?.items.some((each) => each.state === 'DUE' || each.state === 'RUNNING') === true ? watchMs : false,
  });
  const columns = useColumns();
  const states = callStates.map((value) => ({ value, label: t(`webhooks.deliveryStates.${value}`) }));
  const types = (events.data?.items ?? []).map(({ type, meaning }) => ({ value: type, label: text(meaning) }));
  return (
    <Panel title={t('webhooks.deliveries')}>
      <Filters active={isFiltered(search)} names={['state', 'type']}>
        <ChoiceFilter name="state" label={t('webhooks.result')} value={search.state} choices={states} />
        <ChoiceFilter name="type" label={t('webhooks.type')} value={search.type} choices={types} />
      </Filters>
      <Loaded query={deliveries}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <p className="soft">{t(isFiltered(search) ? 'list.noMatch' : 'webhooks.noDeliveries')}</p>
          ) : (
            <>
              <Rows
                rows={items}
                columns={columns}
                rowKey={({ deliveryId }) => deliveryId}
                testId="webhook-delivery"
                expand={(delivery) => <DeliveryDetail delivery={delivery} />}
              />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={nextCursor} />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

const marks = { DUE: 'run', RUNNING: 'run', SUCCEEDED: 'ok', STOPPED: 'bad', RESOLVED: 'idle' } as const;

function useColumns(): Column<WebhookDeliveryView>[] {
  const { t } = useTranslation();
  const answer = useAnswer();
  return [
    { key: 'at', title: t('webhooks.at'), render: ({ createdAt }) => <Instant at={createdAt} exact /> },
    { key: 'type', title: t('webhooks.type'), render: ({ type }) => <EventName type={type} /> },
    {
      key: 'result',
      title: t('webhooks.result'),
      render: ({ state, attempts, lastStatus, lastFault }) => (
        <>
          <Marked mark={marks[state]} state={state}>
            {t(`webhooks.deliveryStates.${state}`)}
          </Marked>
          {attempts > 0 && <div className="soft">{answer(lastStatus, lastFault)}</div>}
        </>
      ),
    },
    { key: 'attempts', title: t('webhooks.attempts'), align: 'right', render: ({ attempts }) => attempts },
    {
      key: 'next',
      title: t('webhooks.next'),
      render: ({ nextAttemptAt }) => (nextAttemptAt === null ? '—' : <Instant at={nextAttemptAt} exact />),
    },
    { key: 'id', title: t('webhooks.messageId'), render: ({ messageId }) => <span className="mono">{messageId}</span> },
  ];
}
