import type { ProbedProductView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { probesQuery } from '../../api/debugging.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { useBase } from '../../components/links.tsx';
import { Marked, Outcome } from '../../components/outcome.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { parseProbeSearch } from '../../search/debugging-params.ts';
import { useActivityName } from './activities.ts';
import { ProbeNow } from './probes-now.tsx';
import { ProductStatus } from './probes-status.tsx';

/** Probe results: for the seller its products, for the operator all (O-10). */
export function ProbesPage() {
  const { t } = useTranslation();
  const search = parseProbeSearch(useSearch({ strict: false }));
  const probes = useQuery(probesQuery(search));
  return (
    <Page title={t('probe.title')}>
      <p className="soft">{t('probe.help', { limit: probes.data?.items[0]?.failingDaysLimit ?? 5 })}</p>
      <Loaded query={probes}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t('probe.none')} />
          ) : (
            <>
              <ProbeRows products={page.items} />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function ProbeRows({ products }: { products: readonly ProbedProductView[] }) {
  const { t } = useTranslation();
  const text = useText();
  const base = useBase();
  const columns: Column<ProbedProductView>[] = [
    {
      key: 'product',
      title: t('debug.product'),
      render: (each) => (
        <>
          <Link
            to={base === 'operator' ? '/operator/probes/$goodsId' : '/seller/probes/$goodsId'}
            params={{ goodsId: each.goodsId }}
          >
            {text(each.productName)}
          </Link>
          {base === 'operator' && <div className="soft">{each.sellerName}</div>}
        </>
      ),
    },
    { key: 'state', title: t('probe.state'), render: (each) => <ProductStatus status={each.status} /> },
    { key: 'today', title: t('probe.interfaces'), render: (each) => <Today product={each} /> },
    { key: 'days', title: t('probe.failingDays'), align: 'right', render: (each) => <FailingDays product={each} /> },
    { key: 'orders', title: t('probe.failedOrders'), render: (each) => <FailedOrders product={each} /> },
    {
      key: 'next',
      title: t('probe.next'),
      render: (each) => (each.nextProbeAt === null ? '—' : <Instant at={each.nextProbeAt} />),
    },
    { key: 'action', title: t('list.action'), render: (each) => <ProbeNow product={each} /> },
  ];
  return <Rows rows={products} columns={columns} rowKey={(each) => each.goodsId} testId="probe-row" />;
}

function Today({ product: { today } }: { product: ProbedProductView }) {
  const { t } = useTranslation();
  const activityName = useActivityName();
  if (today.length === 0) return <span className="soft">{t('probe.notYet')}</span>;
  return (
    <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {today.map(({ activity, morning, afternoon, manual }) => (
        <li key={activity} className="row" data-activity={activity}>
          {activityName(activity)}
          {(
            [
              ['MORNING', morning],
              ['AFTERNOON', afternoon],
              ['MANUAL', manual],
            ] as const
          ).map(([slot, state]) =>
            state === null ? null : (
              <span key={slot} className="row" style={{ gap: 3 }}>
                <span className="soft">{t(`probe.${slot}`)}</span>
                <Outcome state={state} />
              </span>
            ),
          )}
        </li>
      ))}
    </ul>
  );
}

export function FailingDays({ product }: { product: ProbedProductView }) {
  const { t } = useTranslation();
  const { failingDays: days, failingDaysLimit: limit } = product;
  const words = t('probe.daysOf', { days, limit });
  return days === 0 ? <span className="num">{words}</span> : <Marked mark="bad">{words}</Marked>;
}

export function FailedOrders({ product }: { product: ProbedProductView }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="num">
        {t('probe.ordersOf', { product: product.failedOrders, seller: product.sellerFailedOrders })}
      </span>
      {product.flagged && (
        <div>
          <Marked mark="bad" state="FLAGGED">
            {t('probe.flagged', { limit: product.failedOrdersLimit })}
          </Marked>
        </div>
      )}
    </>
  );
}
