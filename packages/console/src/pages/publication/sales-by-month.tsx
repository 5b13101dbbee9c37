import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductBehindView } from '../../api/publication-types.ts';
import { formatCount, formatMoney } from '../../format/money.ts';
import { usePreferences } from '../../shell/preferences.tsx';

const SalesChart = lazy(() => import('./sales-chart.tsx'));

/** What was sold, month by month: a chart to look at, a table with the same numbers behind it. */
export function Sales({ product }: { product: ProductBehindView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const oldestFirst = [...product.sales].sort((left, right) => left.month.localeCompare(right.month));
  if (oldestFirst.length === 0) return <p className="soft">{t('publication.noSales')}</p>;
  return (
    <>
      <Suspense fallback={<div style={{ height: 200 }} />}>
        <SalesChart months={oldestFirst} />
      </Suspense>
      <details>
        <summary>{t('publication.asTable')}</summary>
        <table className="plain">
          <thead>
            <tr>
              <th>{t('publication.month')}</th>
              <th className="right">{t('publication.orders')}</th>
              <th className="right">{t('publication.amount')}</th>
            </tr>
          </thead>
          <tbody>
            {product.sales.map(({ month, orders, amount, currency }) => (
              <tr key={`${month} ${currency}`}>
                <td>{month}</td>
                <td className="right num">{formatCount(orders, language)}</td>
                <td className="right num">{formatMoney({ amount, currency }, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      <p className="soft">{t('publication.salesHelp')}</p>
    </>
  );
}
