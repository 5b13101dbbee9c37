import type { RefundView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { refundsQuery } from '../../api/subscriptions.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { StateFilter } from '../../components/filters.tsx';
import { OrderLink } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { RefundState } from '../../components/state.tsx';
import { Amount, Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { refundStates } from '../../search/subscription-params.ts';
import { WithdrawRefund } from './withdraw-refund.tsx';

const route = getRouteApi('/refunds');

/** My refunds (B-82, B-84): what was asked for, where it stands, withdraw while it waits. */
export function RefundsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const refunds = useQuery(refundsQuery(search));
  return (
    <Page title={t('refund.title')}>
      <StateFilter value={search.state} states={refundStates} word={(state) => t(`refund.state.${state}.word`)} />
      <Loaded query={refunds}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(search.state === undefined ? 'refund.empty' : 'list.noMatch')}>
              {search.state === undefined && <Link to="/services">{t('refund.toServices')}</Link>}
            </Empty>
          ) : (
            <>
              <RefundRows refunds={page.items} />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function RefundRows({ refunds }: { refunds: readonly RefundView[] }) {
  const { t } = useTranslation();
  const text = useText();
  const columns: Column<RefundView>[] = [
    {
      key: 'product',
      title: t('order.product'),
      render: (row) => (
        <>
          <Link to="/refunds/$refundId" params={{ refundId: row.refundId }} data-testid="refund-link">
            {text(row.productName)}
          </Link>
          <div className="soft">{t(`refund.kind.${row.kind}`)}</div>
        </>
      ),
    },
    { key: 'state', title: t('order.state'), render: (row) => <RefundState state={row.state} /> },
    { key: 'paid', title: t('refund.paid'), align: 'right', render: (row) => <Amount money={row.paid} /> },
    { key: 'amount', title: t('refund.back'), align: 'right', render: (row) => <Amount money={row.amount} /> },
    { key: 'createdAt', title: t('refund.createdAt'), render: (row) => <Instant at={row.createdAt} /> },
    { key: 'order', title: t('refund.order'), render: (row) => <OrderLink id={row.orderId} /> },
    {
      key: 'action',
      title: t('list.action'),
      render: (row) => (row.may.withdraw ? <WithdrawRefund refund={row} small /> : <span className="soft">—</span>),
    },
  ];
  return <Rows rows={refunds} columns={columns} rowKey={(row) => row.refundId} testId="refund-row" />;
}
