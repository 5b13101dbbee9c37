import type { WebhookEventsView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { webhookEventsQuery } from '../../api/webhooks.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { useText } from '../../i18n/text.ts';
import { EventName } from './event-name.tsx';

/** What can be told: each event opens to an example and the schema of its data. */
export function EventCatalogue() {
  const { t } = useTranslation();
  const events = useQuery(webhookEventsQuery);
  return (
    <Panel title={t('webhooks.catalogue')}>
      <p className="soft">{t('webhooks.catalogueHelp')}</p>
      <Loaded query={events}>
        {({ items }) => items.map((event) => <DescribedEvent key={event.type} event={event} />)}
      </Loaded>
    </Panel>
  );
}

/** a touch target of 24 px (WCAG 2.5.8) */
const summary = { minHeight: 24, lineHeight: '24px' } as const;

function DescribedEvent({ event: { type, meaning, example, schema } }: { event: WebhookEventsView['items'][number] }) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <details data-testid="webhook-event">
      <summary style={summary}>
        <EventName type={type} /> <span className="soft">{text(meaning)}</span>
      </summary>
      <Code name={t('webhooks.example')} value={example} />
      <Code name={t('webhooks.schema')} value={schema} />
    </details>
  );
}

function Code({ name, value }: { name: string; value: unknown }) {
  return (
    <>
      <p className="soft">{name}</p>
      <pre className="code">{JSON.stringify(value, null, 2)}</pre>
    </>
  );
}
