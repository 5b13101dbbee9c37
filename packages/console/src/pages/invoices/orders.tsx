import type { InvoiceableOrderView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { invoiceableQuery, invoiceableUsageQuery } from '../../api/invoices.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Filters, TextFilter } from '../../components/filters.tsx';
import { OrderLink } from '../../components/links.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { parseInvoiceOrderSearch } from '../../search/invoice-params.ts';
import { isFiltered } from '../../search/params.ts';
import { useMoney } from '../settlement/words.ts';
import { RequestForm } from './request-form.tsx';
import { InvoiceTabs } from './words.tsx';

const keyOf = ({ orderId, issuer }: InvoiceableOrderView): string => `${orderId} ${issuer}`;

/** Paid orders: what can be invoiced, by whom, or why not; those of one issuer are asked for together (B-101). */
export function InvoiceOrdersPage() {
  const { t } = useTranslation();
  const search = parseInvoiceOrderSearch(useSearch({ strict: false }));
  const orders = useQuery(invoiceableQuery({ ...search }));
  const [chosen, setChosen] = useState<readonly InvoiceableOrderView[]>([]);
  const columns = useColumns(chosen, setChosen);
  // a month of usage is asked for like an order; it has no page of its own
  const usage = useQuery(invoiceableUsageQuery);
  const months = columns
    .filter(({ key }) => key !== 'at')
    .map((column) =>
      column.key === 'order' ? { ...column, title: t('invoices.usage.month'), render: monthOf } : column,
    );
  return (
    <Page title={t('nav.myInvoices')}>
      <InvoiceTabs active="toRequest">
        <p className="soft">{t('invoices.order.intro')}</p>
        {chosen.length > 0 && <RequestForm orders={chosen} onDone={() => setChosen([])} />}
        {(usage.data?.items.length ?? 0) > 0 && (
          <Panel title={t('invoices.usage.title')}>
            <p className="soft">{t('invoices.usage.intro')}</p>
            <Rows rows={usage.data?.items ?? []} columns={months} rowKey={keyOf} testId="invoiceable-month" />
          </Panel>
        )}
        <Filters active={isFiltered(search)} names={['orderId']}>
          <TextFilter name="orderId" label={t('invoices.order.order')} value={search.orderId} />
        </Filters>
        <Loaded query={orders}>
          {(page) =>
            page.items.length === 0 ? (
              <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'invoices.order.none')} />
            ) : (
              <>
                <Rows rows={page.items} columns={columns} rowKey={keyOf} testId="invoiceable-row" />
                <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
              </>
            )
          }
        </Loaded>
      </InvoiceTabs>
    </Page>
  );
}

/** `202601` */
const monthOf = ({ period }: InvoiceableOrderView) => (
  <span className="num">{period === null ? '—' : `${period.slice(0, 4)}-${period.slice(4)}`}</span>
);

function useColumns(
  chosen: readonly InvoiceableOrderView[],
  choose: (orders: readonly InvoiceableOrderView[]) => void,
): Column<InvoiceableOrderView>[] {
  const { t } = useTranslation();
  const text = useText();
  const money = useMoney();
  const issuer = chosen[0]?.issuer;
  return [
    {
      key: 'choose',
      title: t('invoices.order.choose'),
      render: (order) => {
        const checked = chosen.some((each) => keyOf(each) === keyOf(order));
        const other = issuer !== undefined && issuer !== order.issuer;
        const why =
          order.obstacle === null
            ? other
              ? t('invoices.order.otherIssuer')
              : null
            : t(`invoices.obstacle.${order.obstacle}`);
        return (
          <Checkbox
            checked={checked}
            disabled={why !== null}
            title={why ?? ''}
            onChange={() =>
              choose(checked ? chosen.filter((each) => keyOf(each) !== keyOf(order)) : [...chosen, order])
            }
            data-testid="choose-order"
            aria-label={t('invoices.order.chooseOne', { orderId: order.orderId })}
          />
        );
      },
    },
    { key: 'order', title: t('invoices.order.order'), render: ({ orderId }) => <OrderLink id={orderId} /> },
    {
      key: 'product',
      title: t('invoices.order.product'),
      render: ({ lines }) => [...new Set(lines.map(({ productName }) => text(productName)))].join('；') || '—',
    },
    {
      key: 'issuer',
      title: t('invoices.issuer'),
      render: ({ issuerName }) => issuerName ?? t('invoices.platform'),
    },
    {
      key: 'amount',
      title: t('invoices.order.amount'),
      align: 'right',
      render: ({ amount, currency }) => <span className="num">{money(amount, currency)}</span>,
    },
    { key: 'at', title: t('invoices.order.placed'), render: ({ placedAt }) => <Instant at={placedAt} /> },
    {
      key: 'obstacle',
      title: t('invoices.order.standing'),
      render: ({ obstacle }) => (
        <span data-testid="obstacle" data-obstacle={obstacle ?? ''}>
          {obstacle === null ? t('invoices.order.open') : t(`invoices.obstacle.${obstacle}`)}
        </span>
      ),
    },
  ];
}
