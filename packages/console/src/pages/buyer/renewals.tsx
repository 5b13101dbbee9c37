import type { InstanceView, SubscriptionView } from '@jishi/marketplace/console-api';
import { useQueries, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Button, Checkbox, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { instancesQuery } from '../../api/queries.ts';
import { subscriptionQuery } from '../../api/subscriptions.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter } from '../../components/filters.tsx';
import { ServiceLink } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { Pager, useSearchChange } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { InstanceState } from '../../components/state.tsx';
import { useText } from '../../i18n/text.ts';
import { expiryPolicies, mostRenewals } from '../../search/subscription-params.ts';
import { useEntitlement } from './entitlement.ts';
import { PolicyButton } from './expiry-policy.tsx';
import type { Policy } from './policy-of.ts';
import { RenewalSettings } from './renewal-settings.tsx';
import { RowActions } from './row-actions.tsx';
import { endsWithinChoices, RowEnd } from './service-end.tsx';
import { whyNot } from './why-not.ts';

const route = getRouteApi('/renewals');

/** Renewals (B-60 … B-63): what is renewed by hand, by itself, or not at all; several can be renewed at once. */
export function RenewalsPage() {
  const { t } = useTranslation();
  const { tab = 'MANUAL', ...filters } = route.useSearch();
  const change = useSearchChange();
  const instances = useQuery(instancesQuery({ ...filters, expiryPolicy: tab }));
  return (
    <Page title={t('renewal.title')}>
      <p className="soft">{t('renewal.help')}</p>
      {tab === 'AUTO' && <RenewalSettings />}
      <Radio.Group
        optionType="button"
        value={tab}
        aria-label={t('policy.title')}
        onChange={(event) => {
          const next = expiryPolicies.find((one) => one === event.target.value);
          change({ tab: next === 'MANUAL' ? undefined : next, cursor: undefined });
        }}
        options={expiryPolicies.map((policy) => ({ value: policy, label: t(`policy.word.${policy}`) }))}
        data-testid="renewal-tabs"
      />
      <Filters
        active={filters.product !== undefined || filters.endsWithinDays !== undefined}
        names={['product', 'endsWithinDays']}
      >
        <TextFilter name="product" label={t('order.product')} value={filters.product} />
        <EndsWithin value={filters.endsWithinDays} />
      </Filters>
      <Loaded query={instances}>
        {(page) => (
          <>
            <Choosing
              // another page or tab is another choice
              key={`${tab} ${filters.cursor ?? ''}`}
              tab={tab}
              instances={page.items}
              filtered={filters.product !== undefined || filters.endsWithinDays !== undefined}
            />
            <Pager cursor={filters.cursor} limit={filters.limit} nextCursor={page.nextCursor} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** End of the service within so many days. */
export function EndsWithin({ value }: { value: number | undefined }) {
  const { t } = useTranslation();
  return (
    <ChoiceFilter
      name="endsWithinDays"
      label={t('serviceList.endsWithin')}
      value={value === undefined ? undefined : String(value)}
      choices={endsWithinChoices.map((days) => ({ value: String(days), label: t('serviceList.within', { days }) }))}
    />
  );
}

interface ChoosingProps {
  readonly tab: Policy;
  readonly instances: readonly InstanceView[];
  readonly filtered: boolean;
}

function Choosing({ tab, instances, filtered }: ChoosingProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const entitled = useEntitlement()('renew');
  const [wanted, setWanted] = useState<ReadonlySet<string>>(new Set());
  const known = useQueries({ queries: instances.map((one) => subscriptionQuery(one.resourceId)) });
  const rows = instances
    .map((instance, index): Row => ({ instance, subscription: known[index]?.data ?? null }))
    // a policy that was just changed leaves its tab at once
    .filter(({ subscription }) => subscription === null || subscription.expiryPolicy === tab);
  if (rows.length === 0) {
    return (
      <Empty sentence={filtered ? t('list.noMatch') : t(`renewal.empty.${tab}`)}>
        <Link to="/services">{t('refund.toServices')}</Link>
      </Empty>
    );
  }
  const renewable = rows.filter(isRenewable(entitled)).map((row) => row.instance.resourceId);
  const chosen = renewable.filter((id) => wanted.has(id));
  const toggle = (id: string, on: boolean): void =>
    setWanted((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)));
  return (
    <>
      <ChoosableRows rows={rows} wanted={wanted} renewable={renewable} onToggle={toggle} />
      <div className="panel between bar">
        <span className="row">
          <Button
            disabled={renewable.length === 0}
            onClick={() => setWanted(new Set(renewable))}
            data-testid="choose-all"
          >
            {t('renewal.chooseAll')}
          </Button>
          {chosen.length > 0 && <Button onClick={() => setWanted(new Set())}>{t('renewal.clear')}</Button>}
          <span aria-live="polite">{t('renewal.chosen', { chosen: chosen.length })}</span>
        </span>
        <span className="row">
          {chosen.length === 0 && (
            <span id="why-not-renew" className="soft" data-testid="why-not">
              {t('renewal.nothingChosen')}
            </span>
          )}
          {chosen.length > mostRenewals && (
            <span id="why-not-renew" data-testid="why-not">
              {t('renewal.most', { most: mostRenewals })}
            </span>
          )}
          <Button
            type="primary"
            disabled={chosen.length === 0 || chosen.length > mostRenewals}
            aria-describedby="why-not-renew"
            onClick={() => void navigate({ to: '/renewals/order', search: { ids: chosen.join(',') } })}
            data-testid="renew-chosen"
          >
            {t('renewal.go')}
          </Button>
        </span>
      </div>
    </>
  );
}

interface Row {
  readonly instance: InstanceView;
  readonly subscription: SubscriptionView | null;
}

const isRenewable =
  (entitled: boolean) =>
  ({ subscription }: Row): boolean =>
    subscription !== null && whyNot('renew', subscription, entitled) === null;

interface ChoosableRowsProps {
  readonly rows: readonly Row[];
  readonly wanted: ReadonlySet<string>;
  readonly renewable: readonly string[];
  readonly onToggle: (id: string, on: boolean) => void;
}

function ChoosableRows({ rows, wanted, renewable, onToggle }: ChoosableRowsProps) {
  const { t } = useTranslation();
  const text = useText();
  const columns: Column<Row>[] = [
    {
      key: 'product',
      title: t('serviceList.whichProduct'),
      render: ({ instance }) => (
        <span className="row" style={{ flexWrap: 'nowrap' }}>
          <Checkbox
            checked={renewable.includes(instance.resourceId) && wanted.has(instance.resourceId)}
            disabled={!renewable.includes(instance.resourceId)}
            onChange={(event) => onToggle(instance.resourceId, event.target.checked)}
            aria-label={t('renewal.choose', { name: text(instance.productName) })}
            data-testid="choose-row"
          />
          <span className="product-cell">
            <ServiceLink id={instance.resourceId}>{text(instance.productName)}</ServiceLink>
            <div className="soft">{text(instance.specificationName)}</div>
          </span>
        </span>
      ),
    },
    { key: 'state', title: t('order.state'), render: ({ instance }) => <InstanceState state={instance.state} /> },
    {
      key: 'end',
      title: t('serviceList.end'),
      render: ({ instance, subscription }) => <RowEnd instance={instance} subscription={subscription} />,
    },
    {
      key: 'policy',
      title: t('policy.column'),
      render: ({ subscription }) => (subscription === null ? '…' : <PolicyButton subscription={subscription} />),
    },
    {
      key: 'action',
      title: t('list.action'),
      render: ({ subscription }) => (subscription === null ? '…' : <RowActions subscription={subscription} />),
    },
  ];
  return <Rows rows={rows} columns={columns} rowKey={(row) => row.instance.resourceId} testId="renewal-row" />;
}
