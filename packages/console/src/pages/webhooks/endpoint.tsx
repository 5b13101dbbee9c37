import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { webhooksQuery } from '../../api/webhooks.ts';
import { Id } from '../../components/copy.tsx';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { Deliveries } from './deliveries.tsx';
import { EndpointActions } from './endpoint-actions.tsx';
import { EndpointState } from './endpoint-state.tsx';
import { EventName } from './event-name.tsx';

/** One endpoint: whether it works, what may be done with it, and what was sent to it. */
export function WebhookPage() {
  const { t } = useTranslation();
  const { endpointId } = useParams({ strict: false });
  const endpoints = useQuery(webhooksQuery);
  return (
    <Page title={t('webhooks.endpoint')} tools={<Link to="/seller/webhooks">{t('webhooks.title')}</Link>}>
      <Loaded query={endpoints}>
        {({ items }) => {
          const webhook = items.find((each) => each.endpointId === endpointId);
          if (webhook === undefined) return <Empty sentence={t('problem.NOT_FOUND.title')} />;
          const { failingSince, lastSuccessAt, secretBeforeUntil } = webhook;
          return (
            <>
              <Panel title={webhook.name || t('webhooks.endpoint')}>
                <dl className="facts">
                  <Pair term={t('webhooks.url')} value={<Id value={webhook.url} name={t('webhooks.url')} />} />
                  <Pair term={t('webhooks.state')} value={<EndpointState webhook={webhook} />} />
                  <Pair
                    term={t('webhooks.lastSuccess')}
                    value={lastSuccessAt === null ? t('webhooks.never') : <Instant at={lastSuccessAt} />}
                  />
                  {failingSince !== null && <Pair term={t('webhooks.failing')} value={<Instant at={failingSince} />} />}
                  {secretBeforeUntil !== null && (
                    <Pair term={t('webhooks.overlap')} value={<Instant at={secretBeforeUntil} />} />
                  )}
                  <Pair term={t('webhooks.events')} value={<EventNames types={webhook.types} />} />
                </dl>
                <div style={{ marginTop: 8 }}>
                  <EndpointActions webhook={webhook} />
                </div>
              </Panel>
              <Deliveries endpointId={webhook.endpointId} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

const EventNames = ({ types }: { types: readonly string[] }) => (
  <span className="row">
    {types.map((type) => (
      <EventName key={type} type={type} />
    ))}
  </span>
);
