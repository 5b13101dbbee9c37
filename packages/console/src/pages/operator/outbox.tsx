import type { DeliveryView, OutboxPageView } from '@jishi/marketplace/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Alert, App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { outboxQuery, sendAgain } from '../../api/messages.ts';
import { problemOf } from '../../api/problem.ts';
import { sessionQuery } from '../../api/queries.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter } from '../../components/filters.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { useProblemText } from '../../components/problem-text.ts';
import { type Column, Rows } from '../../components/rows.tsx';
import { DeliveryState } from '../../components/state.tsx';
import { Instant } from '../../components/values.tsx';
import { outsideChannels, parseOutboxSearch } from '../../search/message-params.ts';
import { callStates, isFiltered } from '../../search/params.ts';
import { may } from '../../shell/areas.ts';

/** Deliveries go out within seconds; this keeps a page that is being watched fresh without load. */
const refreshMs = 10_000;

/** E-mails and text messages that were or will be sent; what failed for good waits here for an operator (N-5). */
export function OutboxPage() {
  const { t } = useTranslation();
  const search = parseOutboxSearch(useSearch({ strict: false }));
  const outbox = useQuery({ ...outboxQuery(search), refetchInterval: refreshMs });
  return (
    <Page title={t('nav.outbox')}>
      <Filters active={isFiltered(search)} names={['state', 'channel', 'address']}>
        <ChoiceFilter
          name="state"
          label={t('outbox.state')}
          value={search.state}
          choices={callStates.map((state) => ({ value: state, label: t(`outbox.states.${state}.word`) }))}
        />
        <ChoiceFilter
          name="channel"
          label={t('outbox.channel')}
          value={search.channel}
          choices={outsideChannels.map((channel) => ({ value: channel, label: t(`message.channels.${channel}`) }))}
        />
        <TextFilter name="address" label={t('outbox.address')} value={search.address} />
      </Filters>
      <Loaded query={outbox}>
        {(page) => (
          <>
            <Ways channels={page.channels} />
            {page.items.length === 0 ? (
              <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'outbox.none')} />
            ) : (
              <DeliveryRows deliveries={page.items} />
            )}
            <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** How this server sends by each channel: whoever waits for a mail in a sandbox learns why none comes. */
function Ways({ channels }: { channels: OutboxPageView['channels'] }) {
  const { t } = useTranslation();
  const mail = channels.EMAIL === 'smtp' ? t('outbox.intro.smtp') : t(`outbox.intro.${channels.EMAIL}EMAIL`);
  const sms = channels.SMS === 'http' ? t('outbox.intro.http') : t(`outbox.intro.${channels.SMS}SMS`);
  const off = channels.EMAIL === 'off' || channels.SMS === 'off';
  return <Alert type={off ? 'warning' : 'info'} showIcon title={`${mail} ${sms}`} data-testid="outbox-ways" />;
}

function DeliveryRows({ deliveries }: { deliveries: readonly DeliveryView[] }) {
  const { t } = useTranslation();
  const columns: Column<DeliveryView>[] = [
    { key: 'time', title: t('message.time'), render: (one) => <Instant at={one.createdAt} exact /> },
    {
      key: 'to',
      title: t('outbox.to'),
      render: (one) => (
        <div style={{ minWidth: 190 }}>
          <div style={{ overflowWrap: 'anywhere' }}>{one.address}</div>
          <div className="soft">{one.tenantName}</div>
        </div>
      ),
    },
    { key: 'channel', title: t('outbox.channel'), render: (one) => t(`message.channels.${one.channel}`) },
    { key: 'subject', title: t('outbox.subject'), render: (one) => <Content delivery={one} /> },
    { key: 'state', title: t('outbox.state'), render: (one) => <DeliveryState state={one.state} /> },
    { key: 'attempts', title: t('outbox.attempts'), align: 'right', render: (one) => one.attempts },
    {
      key: 'next',
      title: t('outbox.next'),
      render: (one) => (one.nextAttemptAt === null ? '—' : <Instant at={one.nextAttemptAt} exact />),
    },
    { key: 'error', title: t('outbox.error'), render: (one) => <span className="mono">{one.lastError ?? '—'}</span> },
    { key: 'action', title: t('list.action'), render: (one) => <SendAgain delivery={one} /> },
  ];
  return <Rows rows={deliveries} columns={columns} rowKey={(one) => one.deliveryId} testId="delivery-row" />;
}

/** Opens in place to the whole text. */
function Content({ delivery }: { delivery: DeliveryView }) {
  const { t } = useTranslation();
  return (
    <details>
      <summary>
        {delivery.subject} <span className="soft mono">{delivery.entry ?? t('outbox.code')}</span>
      </summary>
      <p style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{delivery.body ?? t('outbox.secret')}</p>
    </details>
  );
}

function SendAgain({ delivery }: { delivery: DeliveryView }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const problemText = useProblemText();
  const allowed = may(useQuery(sessionQuery).data, 'task.restart');
  const again = useMutation({
    mutationFn: () => sendAgain(delivery.deliveryId),
    onSuccess: () => void message.success(t('outbox.restarted')),
    onError: (error) => void message.error(problemText(problemOf(error)).title),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['outbox'] }),
  });
  if (!allowed || delivery.state !== 'STOPPED') return '—';
  return (
    <Button size="small" loading={again.isPending} onClick={() => again.mutate()} data-testid="send-again">
      {t('outbox.restart')}
    </Button>
  );
}
