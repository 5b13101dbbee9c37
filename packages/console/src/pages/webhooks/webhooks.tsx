import type { WebhookView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addWebhook, webhooksKey, webhooksQuery } from '../../api/webhooks.ts';
import { useCommand } from '../../components/command.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { EventCatalogue } from './catalogue.tsx';
import { EndpointState } from './endpoint-state.tsx';
import { EndpointForm } from './form.tsx';
import { useShownSecret } from './secret.tsx';

/** A seller's endpoints: what each hears of and whether it works; below, the catalogue of events. */
export function WebhooksPage() {
  const { t } = useTranslation();
  const endpoints = useQuery(webhooksQuery);
  const columns = useColumns();
  return (
    <Page title={t('webhooks.title')} tools={<AddEndpoint />}>
      <p className="soft">{t('webhooks.about')}</p>
      <Loaded query={endpoints}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty sentence={t('webhooks.none')} />
          ) : (
            <Rows rows={items} columns={columns} rowKey={({ endpointId }) => endpointId} testId="webhook" />
          )
        }
      </Loaded>
      <EventCatalogue />
    </Page>
  );
}

function AddEndpoint() {
  const { t } = useTranslation();
  const show = useShownSecret();
  const [open, setOpen] = useState(false);
  const add = useCommand({
    run: addWebhook,
    refresh: webhooksKey,
    onDone: ({ secret }) => {
      setOpen(false);
      show(secret);
    },
  });
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)} data-testid="webhook-add">
        {t('webhooks.add')}
      </Button>
      {open && (
        <EndpointForm
          title={t('webhooks.add')}
          busy={add.isPending}
          onClose={() => setOpen(false)}
          onSave={(values) => add.mutate(values)}
        />
      )}
    </>
  );
}

function useColumns(): Column<WebhookView>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'endpoint',
      title: t('webhooks.endpoint'),
      render: ({ endpointId, url, name }) => (
        <>
          <Link to="/seller/webhooks/$endpointId" params={{ endpointId }} className="mono wrap">
            {url}
          </Link>
          {name !== '' && <div className="soft">{name}</div>}
        </>
      ),
    },
    { key: 'state', title: t('webhooks.state'), render: (webhook) => <EndpointState webhook={webhook} /> },
    {
      key: 'events',
      title: t('webhooks.events'),
      render: ({ types }) => t('webhooks.eventsCount', { count: types.length }),
    },
    {
      key: 'success',
      title: t('webhooks.lastSuccess'),
      render: ({ lastSuccessAt, failingSince }) => (
        <>
          {lastSuccessAt === null ? t('webhooks.never') : <Instant at={lastSuccessAt} />}
          {failingSince !== null && (
            <div className="fault">
              {t('webhooks.failing')} <Instant at={failingSince} />
            </div>
          )}
        </>
      ),
    },
    { key: 'created', title: t('webhooks.created'), render: ({ createdAt }) => <Instant at={createdAt} /> },
  ];
}
