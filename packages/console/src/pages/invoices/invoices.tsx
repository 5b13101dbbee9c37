import type { BuyerInvoiceView, InvoiceKindName } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Button, Checkbox } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { buyerInvoicesQuery, kindsQuery, offerKinds } from '../../api/invoices.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter } from '../../components/filters.tsx';
import { useBase } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { buyerInvoiceStates, parseInvoiceSearch } from '../../search/invoice-params.ts';
import { isFiltered } from '../../search/params.ts';
import { may } from '../../shell/areas.ts';
import { useMoney } from '../settlement/words.ts';
import { InvoiceState, InvoiceTabs } from './words.tsx';

/** Invoices to buyers: a buyer's own, those that a seller issues (S-64), all of them for operators. */
export function InvoicesPage() {
  const { t } = useTranslation();
  const base = useBase();
  const search = parseInvoiceSearch(useSearch({ strict: false }));
  const invoices = useQuery(buyerInvoicesQuery({ ...search }));
  const columns = useColumns();
  return (
    <Page title={t(base === 'buyer' ? 'nav.myInvoices' : 'nav.invoices')}>
      <InvoiceTabs active={({ buyer: 'requested', seller: 'toUsers', operator: 'users' } as const)[base]}>
        {base === 'seller' && <OfferedKinds />}
        <Filters active={isFiltered(search)} names={['state', 'issuer', 'title', 'orderId']}>
          <ChoiceFilter
            name="state"
            label={t('settlement.column.state')}
            value={search.state}
            choices={buyerInvoiceStates.map((value) => ({ value, label: t(`invoices.state.${value}.word`) }))}
          />
          {base !== 'seller' && (
            <ChoiceFilter
              name="issuer"
              label={t('invoices.issuer')}
              value={search.issuer}
              choices={[
                { value: 'SELLER', label: t('invoices.seller') },
                { value: 'PLATFORM', label: t('invoices.platform') },
              ]}
            />
          )}
          <TextFilter name="title" label={t('invoices.title.name')} value={search.title} />
          <TextFilter name="orderId" label={t('invoices.order.order')} value={search.orderId} />
        </Filters>
        <Loaded query={invoices}>
          {(page) =>
            page.items.length === 0 ? (
              <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : `invoices.none.${base}`)}>
                {base === 'buyer' && <Link to="/invoices/orders">{t('invoices.tab.toRequest')}</Link>}
              </Empty>
            ) : (
              <>
                <Rows rows={page.items} columns={columns} rowKey={({ invoiceId }) => invoiceId} testId="invoice-row" />
                <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
              </>
            )
          }
        </Loaded>
      </InvoiceTabs>
    </Page>
  );
}

function useColumns(): Column<BuyerInvoiceView>[] {
  const { t } = useTranslation();
  const base = useBase();
  const money = useMoney();
  const route = ({ buyer: '/invoices', seller: '/seller/invoices', operator: '/operator/invoices' } as const)[base];
  return [
    {
      key: 'title',
      title: t('invoices.title.name'),
      render: ({ invoiceId, title, requestedAt }) => (
        <>
          <Link to={`${route}/$invoiceId`} params={{ invoiceId }} data-testid="invoice-link">
            {title.name}
          </Link>
          <div className="soft">
            <Instant at={requestedAt} />
          </div>
        </>
      ),
    },
    base === 'buyer'
      ? { key: 'issuer', title: t('invoices.issuer'), render: ({ issuerName }) => issuerName ?? t('invoices.platform') }
      : { key: 'buyer', title: t('invoices.buyer'), render: ({ buyerName }) => buyerName },
    { key: 'kind', title: t('invoices.kind'), render: ({ kind }) => t(`invoices.kinds.${kind}`) },
    {
      key: 'gross',
      title: t('invoices.gross'),
      align: 'right',
      render: ({ gross, currency }) => <span className="num">{money(gross, currency)}</span>,
    },
    {
      key: 'due',
      title: t('invoices.dueAt'),
      render: ({ dueAt, state, overdue }) =>
        state === 'IN_REVIEW' || state === 'ISSUING' ? (
          <span className={overdue ? 'fault' : undefined}>
            <Instant at={dueAt} />
            {overdue && ` · ${t('invoices.overdue')}`}
          </span>
        ) : (
          '—'
        ),
    },
    { key: 'state', title: t('settlement.column.state'), render: (invoice) => <InvoiceState invoice={invoice} /> },
  ];
}

const allKinds = [
  'ORDINARY_DIGITAL',
  'SPECIAL_DIGITAL',
  'ORDINARY_ELECTRONIC',
  'SPECIAL_ELECTRONIC',
  'ORDINARY_PAPER',
  'SPECIAL_PAPER',
] as const satisfies readonly InvoiceKindName[];

/** S5-17: the kinds that this seller's customers may choose from. */
function OfferedKinds() {
  const { t } = useTranslation();
  const id = useId();
  const allowed = may(useQuery(sessionQuery).data, 'invoice.own');
  const offered = useQuery(kindsQuery(undefined)).data?.kinds ?? [];
  const [typed, setTyped] = useState<readonly InvoiceKindName[] | null>(null);
  const chosen = typed ?? offered;
  const save = useCommand({
    run: () => offerKinds(chosen),
    refresh: ['invoices', 'kinds'],
    done: t('invoices.offered.saved'),
    onDone: () => setTyped(null),
  });
  return (
    <details className="panel">
      <summary id={id}>{t('invoices.offered.title')}</summary>
      <div className="stack">
        <Checkbox.Group
          aria-labelledby={id}
          disabled={!allowed}
          value={[...chosen]}
          options={allKinds.map((value) => ({ value, label: t(`invoices.kinds.${value}`) }))}
          onChange={(values) => setTyped(allKinds.filter((kind) => values.includes(kind)))}
        />
        <span>
          <Button
            disabled={!allowed || chosen.length === 0}
            loading={save.isPending}
            onClick={() => save.mutate(undefined)}
            data-testid="save-kinds"
          >
            {t('invoices.title.save')}
          </Button>
        </span>
      </div>
    </details>
  );
}
