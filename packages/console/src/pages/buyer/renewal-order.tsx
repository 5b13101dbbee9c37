import type { SubscriptionView } from '@jishi/marketplace/console-api';
import { useQueries, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { renew, renewalQuoteQuery, subscriptionQuery } from '../../api/subscriptions.ts';
import { useDebounced } from '../../components/debounced.ts';
import { Empty, Failure, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { readIds } from '../../search/subscription-params.ts';
import { type Duration, DurationField, firstDuration, fitDuration } from './duration.tsx';
import { useEntitlement } from './entitlement.ts';
import { QuoteLines } from './quote-lines.tsx';
import { type Choice, RenewalItem, toItem } from './renewal-item.tsx';
import { SubmitOrder } from './submit-order.tsx';
import { whyNot } from './why-not.ts';

const route = getRouteApi('/renewals/order');

/** Long enough to type a number of two digits without asking for the price of the first. */
const quoteDelayMs = 400;

/** Confirming a renewal (B-60): how long each, on which day they all end, what it costs and why, the new ends. */
export function RenewalOrderPage() {
  const { t } = useTranslation();
  const ids = readIds(route.useSearch().ids);
  const found = useQueries({ queries: ids.map((id) => subscriptionQuery(id)) });
  const error = found.find((one) => one.error !== null)?.error ?? null;
  const subscriptions = found.flatMap((one) => (one.data === undefined ? [] : [one.data]));
  const all = subscriptions.length === ids.length ? subscriptions : undefined;
  return (
    <Page title={t('renewal.orderTitle')} tools={<Link to="/renewals">{t('renewal.back')}</Link>}>
      {ids.length === 0 ? (
        <Empty sentence={t('renewal.none')}>
          <Link to="/renewals">{t('renewal.back')}</Link>
        </Empty>
      ) : (
        <Loaded
          query={{
            data: all,
            error,
            refetch: () => found.forEach((one) => void (one.error !== null && one.refetch())),
          }}
        >
          {(services) => <RenewalForm services={services} />}
        </Loaded>
      )}
    </Page>
  );
}

function RenewalForm({ services }: { services: readonly SubscriptionView[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const entitled = useEntitlement()('renew');
  const [chosen, setChosen] = useState<Readonly<Record<string, Choice>>>({});
  const [unifyDay, setUnifyDay] = useState<number | null>(null);
  const choices = new Map<string, Choice>();
  for (const service of services) {
    const { resourceId } = service.instance;
    const start = firstDuration(service.renewalPrices);
    const choice = chosen[resourceId] ?? (start === null ? null : { duration: start, target: null, fault: null });
    if (choice !== null && whyNot('renew', service, entitled) === null) choices.set(resourceId, choice);
  }
  const remove = (resourceId: string): void => {
    const left = services.map((one) => one.instance.resourceId).filter((id) => id !== resourceId);
    void navigate({ to: '/renewals/order', search: { ids: left.join(',') }, replace: true });
  };
  const forAll = (wanted: Duration): void =>
    setChosen((before) => {
      const next: Record<string, Choice> = { ...before };
      for (const service of services) {
        const { resourceId } = service.instance;
        const known = choices.get(resourceId);
        const duration = fitDuration(service.renewalPrices, wanted);
        if (known !== undefined && duration !== null) next[resourceId] = { ...known, duration };
      }
      return next;
    });
  return (
    <div className="split">
      <div className="stack">
        <Panel title={t('renewal.services')}>
          {services.length > 1 && <ForAll services={services} onApply={forAll} />}
          {services.map((service) => (
            <RenewalItem
              key={service.instance.resourceId}
              subscription={service}
              choice={choices.get(service.instance.resourceId) ?? null}
              onChange={(choice) => setChosen((before) => ({ ...before, [service.instance.resourceId]: choice }))}
              onRemove={services.length > 1 ? () => remove(service.instance.resourceId) : null}
            />
          ))}
        </Panel>
        <UnifyDay day={unifyDay} onChange={setUnifyDay} />
      </div>
      <Priced choices={choices} complete={choices.size === services.length} unifyDay={unifyDay} />
    </div>
  );
}

interface PricedProps {
  readonly choices: ReadonlyMap<string, Choice>;
  /** false while a service that cannot be renewed is among them */
  readonly complete: boolean;
  readonly unifyDay: number | null;
}

/** The live price with each new end, and the order. */
function Priced({ choices, complete, unifyDay }: PricedProps) {
  const { t } = useTranslation();
  const text = JSON.stringify([...choices].map(([id, choice]) => toItem(id, choice, unifyDay)));
  const settled = useDebounced(text, quoteDelayMs);
  const items = useMemo(() => [...choices].map(([id, choice]) => toItem(id, choice, unifyDay)), [choices, unifyDay]);
  const faults = [...choices.values()].flatMap(({ fault }) => (fault === null ? [] : [fault]));
  // a renewal with change has no price before its seller agreed to it (B-64)
  const priceable = choices.size > 0 && faults.length === 0;
  const quote = useQuery({ ...renewalQuoteQuery(items), enabled: priceable && settled === text });
  const stale = settled !== text || quote.isFetching || !priceable;
  const fault = faults[0];
  const failed = quote.error !== null && !stale ? t('renewal.why.noPrice') : null;
  const reason = !complete ? t('renewal.notAllowed') : fault === undefined ? failed : t(`renewal.why.${fault}`);
  return (
    <div className="stack">
      <SubmitOrder
        amount={quote.error === null && priceable ? (quote.data?.amount ?? null) : null}
        stale={stale}
        reason={reason}
        place={(expectedAmount) => renew({ items: [...items], expectedAmount, agreementsAccepted: true })}
        reloadPrice={() => void quote.refetch()}
      />
      {priceable && (
        <Panel title={t('renewal.quote')}>
          {quote.error !== null && <Failure error={quote.error} onRetry={() => void quote.refetch()} />}
          {quote.data === undefined ? (
            quote.error === null && <p className="soft">{t('product.calculating')}</p>
          ) : (
            <QuoteLines lines={quote.data.lines} />
          )}
        </Panel>
      )}
    </div>
  );
}

/** One duration for all of them, as far as each one's prices go. */
function ForAll({
  services,
  onApply,
}: {
  services: readonly SubscriptionView[];
  onApply: (duration: Duration) => void;
}) {
  const { t } = useTranslation();
  const prices = services
    .flatMap((one) => one.renewalPrices)
    .filter((one, index, all) => all.findIndex((other) => other.periodType === one.periodType) === index);
  const [duration, setDuration] = useState<Duration | null>(firstDuration(prices));
  if (duration === null) return null;
  return (
    <div className="row renewal-item" style={{ display: 'flex' }}>
      <span aria-hidden="true">{t('renewal.forAll')}</span>
      <DurationField
        prices={prices}
        value={duration}
        label={t('renewal.forAll')}
        unitLabel={t('renewal.unitOf', { name: t('renewal.forAll') })}
        onChange={setDuration}
      />
      <Button onClick={() => onApply(duration)} data-testid="apply-all">
        {t('renewal.applyAll')}
      </Button>
    </div>
  );
}

function UnifyDay({ day, onChange }: { day: number | null; onChange: (day: number | null) => void }) {
  const { t } = useTranslation();
  const ids = { field: useId(), help: useId() };
  const days = Array.from({ length: 31 }, (_, index) => index + 1);
  return (
    <section className="panel field" aria-label={t('renewal.unify')}>
      <label className="label" htmlFor={ids.field}>
        {t('renewal.unify')}
      </label>
      <Select
        id={ids.field}
        value={day ?? 0}
        style={{ maxWidth: 240 }}
        aria-describedby={ids.help}
        options={[
          { value: 0, label: t('renewal.unifyOff') },
          ...days.map((one) => ({ value: one, label: t('renewal.unifyDay', { day: one }) })),
        ]}
        onChange={(next) => onChange(next === 0 ? null : next)}
        data-testid="unify-day"
      />
      <span id={ids.help} className="soft">
        {t('renewal.unifyHelp')}
      </span>
    </section>
  );
}
