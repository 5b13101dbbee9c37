import type { WebhookDeliveryDetailView, WebhookDeliveryView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { resendDelivery, webhookDeliveryQuery, webhooksKey } from '../../api/webhooks.ts';
import { useCommand } from '../../components/command.ts';
import { Loaded } from '../../components/feedback.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useAnswer } from './words.ts';

type Attempt = WebhookDeliveryDetailView['attempts'][number];

/** The body as it is sent, each attempt with the beginning of its answer, and sending it once more. */
export function DeliveryDetail({ delivery }: { delivery: WebhookDeliveryView }) {
  const { t } = useTranslation();
  const answer = useAnswer();
  const detail = useQuery(webhookDeliveryQuery(delivery));
  const resend = useCommand({ run: resendDelivery, refresh: webhooksKey, done: t('webhooks.resent') });
  const columns: Column<Attempt>[] = [
    { key: 'attempt', title: t('webhooks.attempts'), align: 'right', render: ({ attempt }) => attempt },
    { key: 'at', title: t('webhooks.at'), render: ({ at }) => <Instant at={at} exact /> },
    { key: 'took', title: t('webhooks.took'), align: 'right', render: ({ durationMs }) => `${durationMs} ms` },
    { key: 'status', title: t('webhooks.result'), render: ({ status, fault }) => answer(status, fault) },
    {
      key: 'answer',
      title: t('webhooks.answer'),
      render: ({ answer: text }) => (text === '' ? '—' : <span className="mono wrap">{text}</span>),
    },
  ];
  return (
    <Loaded query={detail}>
      {({ body, attempts }) => (
        <div className="stack stack--tight" data-testid="webhook-attempts">
          {attempts.length > 0 && (
            <Rows
              rows={attempts}
              columns={columns}
              rowKey={({ attempt }) => String(attempt)}
              testId="webhook-attempt"
            />
          )}
          <p className="soft">{t('webhooks.body')}</p>
          <pre className="code">{body}</pre>
          <div className="row">
            <Button
              loading={resend.isPending}
              disabled={delivery.state === 'RUNNING'}
              onClick={() => resend.mutate(delivery.deliveryId)}
              data-testid="webhook-resend"
            >
              {t('webhooks.resend')}
            </Button>
          </div>
        </div>
      )}
    </Loaded>
  );
}
