import type { WebhookView } from '@jishi/marketplace/console-api';
import { useNavigate } from '@tanstack/react-router';
import { App, Button, Form, InputNumber, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeWebhook, removeWebhook, rotateWebhook, testWebhook, webhooksKey } from '../../api/webhooks.ts';
import { useCommand } from '../../components/command.ts';
import { EndpointForm } from './form.tsx';
import { useShownSecret } from './secret.tsx';

/** What may be done with an endpoint. */
export function EndpointActions({ webhook }: { webhook: WebhookView }) {
  return (
    <div className="row">
      <TestEndpoint webhook={webhook} />
      <SwitchEndpoint webhook={webhook} />
      <ChangeEndpoint webhook={webhook} />
      <RotateSecret webhook={webhook} />
      <RemoveEndpoint webhook={webhook} />
    </div>
  );
}

function TestEndpoint({ webhook: { endpointId } }: { webhook: WebhookView }) {
  const { t } = useTranslation();
  const test = useCommand({ run: testWebhook, refresh: webhooksKey, done: t('webhooks.tested') });
  return (
    <Button type="primary" loading={test.isPending} onClick={() => test.mutate(endpointId)} data-testid="webhook-test">
      {t('webhooks.test')}
    </Button>
  );
}

function SwitchEndpoint({ webhook: { endpointId, state } }: { webhook: WebhookView }) {
  const { t } = useTranslation();
  const change = useCommand({ run: changeWebhook, refresh: webhooksKey, done: t('webhooks.changed') });
  const next = state === 'ACTIVE' ? 'PAUSED' : 'ACTIVE';
  return (
    <Button
      loading={change.isPending}
      onClick={() => change.mutate({ endpointId, state: next })}
      data-testid="webhook-switch"
    >
      {t(next === 'PAUSED' ? 'webhooks.pause' : 'webhooks.activate')}
    </Button>
  );
}

function ChangeEndpoint({ webhook }: { webhook: WebhookView }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const change = useCommand({
    run: changeWebhook,
    refresh: webhooksKey,
    done: t('webhooks.changed'),
    onDone: () => setOpen(false),
  });
  return (
    <>
      <Button onClick={() => setOpen(true)} data-testid="webhook-change">
        {t('webhooks.change')}
      </Button>
      {open && (
        <EndpointForm
          title={t('webhooks.change')}
          initial={webhook}
          busy={change.isPending}
          onClose={() => setOpen(false)}
          onSave={(values) => change.mutate({ endpointId: webhook.endpointId, ...values })}
        />
      )}
    </>
  );
}

const mostHours = 168;
/** long enough to change programs in working hours */
const usualHours = 24;

function RotateSecret({ webhook: { endpointId } }: { webhook: WebhookView }) {
  const { t } = useTranslation();
  const show = useShownSecret();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [hours, setHours] = useState<number | null>(usualHours);
  const rotate = useCommand({
    run: rotateWebhook,
    refresh: webhooksKey,
    onDone: ({ secret }) => {
      setOpen(false);
      show(secret);
    },
  });
  return (
    <>
      <Button onClick={() => setOpen(true)} data-testid="webhook-rotate">
        {t('webhooks.rotate')}
      </Button>
      <Modal
        open={open}
        title={t('webhooks.rotate')}
        okButtonProps={{ disabled: hours === null, 'data-testid': 'webhook-rotate-confirm' }}
        confirmLoading={rotate.isPending}
        onOk={() => hours !== null && rotate.mutate({ endpointId, overlapHours: hours })}
        onCancel={() => setOpen(false)}
      >
        <p>{t('webhooks.rotateHelp')}</p>
        <Form layout="vertical">
          <Form.Item label={t('webhooks.rotateHours')} htmlFor={id}>
            <InputNumber id={id} min={0} max={mostHours} precision={0} value={hours} onChange={setHours} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}

function RemoveEndpoint({ webhook: { endpointId, url } }: { webhook: WebhookView }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const navigate = useNavigate();
  const remove = useCommand({
    run: removeWebhook,
    refresh: webhooksKey,
    done: t('webhooks.removed'),
    onDone: () => void navigate({ to: '/seller/webhooks' }),
  });
  const ask = (): void =>
    void modal.confirm({
      title: t('webhooks.removeTitle'),
      content: t('webhooks.removeHelp', { url }),
      okText: t('webhooks.remove'),
      okButtonProps: { danger: true, 'data-testid': 'webhook-remove-confirm' },
      onOk: () => remove.mutateAsync({ endpointId, url }),
    });
  return (
    <Button danger onClick={ask} data-testid="webhook-remove">
      {t('webhooks.remove')}
    </Button>
  );
}
