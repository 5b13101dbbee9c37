import type { QuotedLineView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { Pair } from '../../components/rows.tsx';
import { Amount, Instant } from '../../components/values.tsx';
import { compareDecimal } from '../../format/decimal.ts';
import { formatPeriods } from '../../format/period.ts';
import { useText } from '../../i18n/text.ts';
import { usePreferences } from '../../shell/preferences.tsx';

/** What each service costs, why, and when it ends then. */
export function QuoteLines({ lines }: { lines: readonly QuotedLineView[] }) {
  return (
    <ul className="quote-lines">
      {lines.map((line) => (
        <li key={line.resourceId} className="renewal-item" data-testid="quote-line" data-row={line.resourceId}>
          <QuoteLine line={line} />
        </li>
      ))}
    </ul>
  );
}

function QuoteLine({ line }: { line: QuotedLineView }) {
  const { t } = useTranslation();
  const text = useText();
  const { language } = usePreferences();
  return (
    <>
      <div className="between">
        <strong>{text(line.productName)}</strong>
        <LineAmount line={line} />
      </div>
      <dl className="facts">
        <Pair term={t('life.quantity')} value={<span className="num">{line.quantity}</span>} />
        {line.periodType !== null && line.periodNumber !== null && (
          <Pair term={t('product.duration')} value={formatPeriods(line.periodNumber, line.periodType, language)} />
        )}
        <Pair
          term={t('renewal.from')}
          value={line.from === null ? t('renewal.fromPayment') : <Instant at={line.from} />}
        />
        {line.to !== null && (
          <Pair
            term={t('renewal.newEnd')}
            value={
              <strong>
                <Instant at={line.to} />
              </strong>
            }
          />
        )}
      </dl>
    </>
  );
}

/** The amount opens to its derivation; a list price above it is struck through. */
function LineAmount({ line }: { line: QuotedLineView }) {
  const reduced = compareDecimal(line.listAmount.amount, line.amount.amount) > 0;
  return (
    <span>
      {reduced && (
        <s className="soft">
          <Amount money={line.listAmount} />
        </s>
      )}{' '}
      <Amount money={line.amount} derivation={line.derivation} />
    </span>
  );
}
