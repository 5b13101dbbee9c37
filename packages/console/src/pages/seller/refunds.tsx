import type { RefundView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { refundsQuery } from '../../api/subscriptions.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { StateFilter } from '../../components/filters.tsx';
import { OrderLink, RefundLink, useBase } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Amount, Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { parseRefundSearch, refundStates } from '../../search/subscription-params.ts';
import { ReviewRefund, ReviewState } from './refund-review.tsx';

/** Refund applications: a seller reviews negotiated ones (S-53), the operator those above CNY 50 000 (O-23). */
export function ReviewsPage() {
  const { t } = useTranslation();
  const operator = useBase() === 'operator';
  const search = parseRefundSearch(useSearch({ strict: false }));
  const refunds = useQuery(refundsQuery(search));
  const columns = useColumns(operator);
  return (
    <Page title={t('nav.customerRefunds')}>
      <StateFilter value={search.state} states={refundStates} word={(state) => t(`refund.state.${state}.word`)} />
      <Loaded query={refunds}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty
              sentence={t(search.state !== undefined ? 'list.noMatch' : operator ? 'review.noneLarge' : 'review.none')}
            />
          ) : (
            <>
              <Rows rows={page.items} columns={columns} rowKey={(row) => row.refundId} testId="review-row" />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function useColumns(operator: boolean): Column<RefundView>[] {
  const { t } = useTranslation();
  const text = useText();
  return [
    {
      key: 'product',
      title: t('order.product'),
      render: (row) => (
        <div className="product-cell">
          <RefundLink id={row.refundId}>{text(row.productName)}</RefundLink>
          <div className="soft">{t(`refund.kind.${row.kind}`)}</div>
        </div>
      ),
    },
    { key: 'state', title: t('order.state'), render: (row) => <ReviewState refund={row} /> },
    { key: 'customer', title: t('lives.customer'), render: (row) => row.buyerName },
    ...(operator ? [{ key: 'seller', title: t('lives.seller'), render: (row: RefundView) => row.sellerName }] : []),
    { key: 'amount', title: t('review.asked'), align: 'right', render: (row) => <Amount money={row.amount} /> },
    { key: 'reason', title: t('refund.reason'), render: (row) => <div style={{ maxWidth: 260 }}>{row.reason}</div> },
    { key: 'createdAt', title: t('refund.createdAt'), render: (row) => <Instant at={row.createdAt} /> },
    { key: 'order', title: t('refund.order'), render: (row) => <OrderLink id={row.orderId} /> },
    {
      key: 'action',
      title: t('list.action'),
      render: (row) => (row.may.decide ? <ReviewRefund refund={row} small /> : <span className="soft">—</span>),
    },
  ];
}
