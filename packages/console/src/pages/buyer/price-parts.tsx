import type { MoneyView, QuoteView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { Amount, Derivation } from '../../components/values.tsx';

type Deduction = QuoteView['deductions'][number];

interface PricePartsProps {
  readonly listAmount: MoneyView;
  readonly deductions: readonly Deduction[];
  readonly amount: MoneyView;
  /** names of offers and vouchers by id */
  readonly names: ReadonlyMap<string, string>;
}

/** List price, what each discount takes off, what is due (B-29). */
export function PriceParts({ listAmount, deductions, amount, names }: PricePartsProps) {
  const { t } = useTranslation();
  return (
    <dl className="price-parts" data-testid="price-parts">
      <dt>{t('offers.parts.list')}</dt>
      <dd>
        <Amount money={listAmount} testId="list-amount" />
      </dd>
      {deductions.map(({ kind, id, amount: off }) => (
        <PartOf key={`${kind} ${id}`} kind={kind} name={names.get(id)} off={off} />
      ))}
      <dt>
        <strong>{t('checkout.due')}</strong>
      </dt>
      <dd>
        <strong>
          <Amount money={amount} />
        </strong>
      </dd>
    </dl>
  );
}

function PartOf({ kind, name, off }: { kind: Deduction['kind']; name: string | undefined; off: MoneyView }) {
  const { t } = useTranslation();
  return (
    <>
      <dt>
        {t(`offers.parts.${kind}`)}
        {name !== undefined && <span className="soft"> {name}</span>}
      </dt>
      <dd data-testid={`deduction-${kind}`}>
        − <Amount money={off} />
      </dd>
    </>
  );
}

/** How the amount came about, open: formula with numbers, one step an entry. */
export function Steps({ quotes, titles }: { quotes: readonly QuoteView[]; titles: readonly string[] }) {
  return quotes.map((quote, place) => (
    <div key={`${quote.priceItemId} ${titles[place]}`} className="stack stack--tight">
      {quotes.length > 1 && <h3>{titles[place]}</h3>}
      <Derivation steps={quote.derivation} />
    </div>
  ));
}
