import type { WebhookView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Checkbox, Form, Input, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EndpointValues, webhookEventsQuery } from '../../api/webhooks.ts';
import { useText } from '../../i18n/text.ts';
import { EventName } from './event-name.tsx';

const longestUrl = 500;
const longestName = 64;
/** goes to every endpoint, whatever it chose */
const testEvent = 'webhook.test';

interface EndpointFormProps {
  readonly title: string;
  readonly initial?: WebhookView;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onSave: (values: EndpointValues) => void;
}

/** Address, name and events of an endpoint; mount it to open it. */
export function EndpointForm({ title, initial, busy, onClose, onSave }: EndpointFormProps) {
  const { t } = useTranslation();
  const [url, setUrl] = useState(initial?.url ?? '');
  const [name, setName] = useState(initial?.name ?? '');
  const [types, setTypes] = useState<readonly string[]>(initial?.types ?? []);
  const [tried, setTried] = useState(false);
  const urlFits = /^https?:\/\/\S+$/.test(url.trim());
  const id = useId();
  const save = (): void => {
    setTried(true);
    if (urlFits && types.length > 0) onSave({ url: url.trim(), name: name.trim(), types });
    else document.getElementById(urlFits ? `${id}-events` : `${id}-url`)?.focus();
  };
  return (
    <Modal
      open
      title={title}
      width={640}
      okButtonProps={{ 'data-testid': 'webhook-save' }}
      confirmLoading={busy}
      onOk={save}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item
          label={t('webhooks.url')}
          htmlFor={`${id}-url`}
          extra={t('webhooks.urlHelp')}
          {...(tried && !urlFits ? { validateStatus: 'error', help: t('problem.WEBHOOK_ADDRESS.detail') } : {})}
        >
          <Input
            id={`${id}-url`}
            value={url}
            maxLength={longestUrl}
            placeholder="https://example.com/webhooks"
            onChange={(event) => setUrl(event.target.value)}
            data-testid="webhook-url"
          />
        </Form.Item>
        <Form.Item label={t('webhooks.name')} htmlFor={`${id}-name`} extra={t('webhooks.nameHelp')}>
          <Input
            id={`${id}-name`}
            value={name}
            maxLength={longestName}
            onChange={(event) => setName(event.target.value)}
          />
        </Form.Item>
        <EventChoice id={`${id}-events`} chosen={types} onChange={setTypes}>
          {tried && types.length === 0 && (
            <p className="fault" role="alert">
              {t('webhooks.choose')}
            </p>
          )}
        </EventChoice>
      </Form>
    </Modal>
  );
}

interface EventChoiceProps {
  readonly id: string;
  readonly chosen: readonly string[];
  readonly onChange: (types: readonly string[]) => void;
  readonly children: ReactNode;
}

function EventChoice({ id, chosen, onChange, children }: EventChoiceProps) {
  const { t } = useTranslation();
  const text = useText();
  const { data } = useQuery(webhookEventsQuery);
  const events = (data?.items ?? []).filter(({ type }) => type !== testEvent);
  const all = events.length > 0 && events.every(({ type }) => chosen.includes(type));
  return (
    <fieldset className="stack stack--tight" id={id} tabIndex={-1}>
      <legend>{t('webhooks.events')}</legend>
      {children}
      <Checkbox
        checked={all}
        indeterminate={!all && chosen.length > 0}
        onChange={() => onChange(all ? [] : events.map(({ type }) => type))}
        data-testid="webhook-all"
      >
        {t('webhooks.allEvents')}
      </Checkbox>
      {events.map(({ type, meaning }) => (
        <Checkbox
          key={type}
          checked={chosen.includes(type)}
          onChange={({ target }) =>
            onChange(target.checked ? [...chosen, type] : chosen.filter((other) => other !== type))
          }
        >
          <EventName type={type} /> <span className="soft">{text(meaning)}</span>
        </Checkbox>
      ))}
    </fieldset>
  );
}
