import type { QuotedLineView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { type Column, Rows } from '../../components/rows.tsx';
import { Amount, Instant } from '../../components/values.tsx';
import { compareDecimal } from '../../format/decimal.ts';
import { formatPeriods } from '../../format/period.ts';
import { useText } from '../../i18n/text.ts';
import { usePreferences } from '../../shell/preferences.tsx';

/** What each service costs, why, and when it ends then. */
export function QuoteLines({ lines }: { lines: readonly QuotedLineView[] }) {
  const { t } = useTranslation();
  const text = useText();
  const { language } = usePreferences();
  const columns: Column<QuotedLineView>[] = [
    {
      key: 'product',
      title: t('order.product'),
      render: (line) => `${text(line.productName)} · ${text(line.specificationName)}`,
    },
    {
      key: 'quantity',
      title: t('life.quantity'),
      align: 'right',
      render: (line) => <span className="num">{line.quantity}</span>,
    },
    {
      key: 'duration',
      title: t('product.duration'),
      render: (line) =>
        line.periodType === null || line.periodNumber === null
          ? '—'
          : formatPeriods(line.periodNumber, line.periodType, language),
    },
    {
      key: 'from',
      title: t('renewal.from'),
      render: (line) => (line.from === null ? t('renewal.fromPayment') : <Instant at={line.from} />),
    },
    {
      key: 'to',
      title: t('renewal.newEnd'),
      render: (line) =>
        line.to === null ? (
          '—'
        ) : (
          <strong>
            <Instant at={line.to} />
          </strong>
        ),
    },
    { key: 'amount', title: t('order.amount'), align: 'right', render: (line) => <LineAmount line={line} /> },
  ];
  return <Rows rows={lines} columns={columns} rowKey={(line) => line.resourceId} testId="quote-line" />;
}

/** The amount opens to its derivation; a list price above it is struck through. */
export function LineAmount({ line }: { line: QuotedLineView }) {
  const reduced = compareDecimal(line.listAmount.amount, line.amount.amount) > 0;
  return (
    <>
      {reduced && (
        <s className="soft">
          <Amount money={line.listAmount} />
        </s>
      )}{' '}
      <Amount money={line.amount} derivation={line.derivation} />
    </>
  );
}
