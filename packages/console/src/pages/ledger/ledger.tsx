import type { LedgerState, LedgerTrial, LedgerTrialRow } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ledgerQuery, trialQuery } from '../../api/ledger.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { useText } from '../../i18n/text.ts';
import { parseLedgerSearch } from '../../search/ledger-params.ts';
import { onItsSide, useLedgerMoney } from './amounts.ts';
import { Chain } from './chain.tsx';
import { CloseMonth } from './close-month.tsx';
import { MonthChoice } from './month-choice.tsx';

/** The books of the marketplace for its finance: trial balance by month, the chain of seals, closing. */
export function LedgerPage() {
  const { t } = useTranslation();
  const search = parseLedgerSearch(useSearch({ strict: false }));
  const state = useQuery(ledgerQuery);
  return (
    <Page title={t('nav.ledger')} tools={state.data && <CloseMonth closable={state.data.closable} />}>
      <p className="soft">{t('ledger.intro')}</p>
      <Loaded query={state}>{(books) => <Books books={books} month={search.month ?? monthOf(books)} />}</Loaded>
    </Page>
  );
}

const monthOf = ({ months }: LedgerState): string => months[0]?.month ?? '';

function Books({ books, month }: { books: LedgerState; month: string }) {
  const { t } = useTranslation();
  const trial = useQuery(trialQuery(month));
  return (
    <>
      <MonthChoice months={books.months} month={month} />
      <Panel title={t('ledger.trial')}>
        <Loaded query={trial}>
          {(found) => (found.rows.length === 0 ? <Empty sentence={t('ledger.none')} /> : <Trial trial={found} />)}
        </Loaded>
      </Panel>
      <Chain chain={books.chain} />
    </>
  );
}

function Trial({ trial }: { trial: LedgerTrial }) {
  const { t } = useTranslation();
  const money = useLedgerMoney();
  return (
    <div className="stack">
      <Rows
        rows={trial.rows}
        columns={useColumns(trial.month)}
        rowKey={({ kind, currency }) => `${currency} ${kind}`}
        testId="trial-row"
      />
      {trial.totals.map(({ currency, debit, credit, balanced }) => (
        <div key={currency} className="row" data-testid="trial-total" data-balanced={balanced}>
          <strong>{t('ledger.total', { currency })}</strong>
          <span>
            {t('ledger.column.debit')} <span className="num">{money(debit, currency)}</span>
          </span>
          <span>
            {t('ledger.column.credit')} <span className="num">{money(credit, currency)}</span>
          </span>
          <span className={`state state--${balanced ? 'ok' : 'bad'}`}>
            {t(balanced ? 'ledger.balanced' : 'ledger.unbalanced')}
          </span>
        </div>
      ))}
    </div>
  );
}

function useColumns(month: string): Column<LedgerTrialRow>[] {
  const { t } = useTranslation();
  const text = useText();
  const money = useLedgerMoney();
  const amount = (key: 'debit' | 'credit'): Column<LedgerTrialRow> => ({
    key,
    title: t(`ledger.column.${key}`),
    align: 'right',
    render: (row) => <span className="num">{money(row[key], row.currency)}</span>,
  });
  const balance = (key: 'opening' | 'closing'): Column<LedgerTrialRow> => ({
    key,
    title: t(`ledger.column.${key}`),
    align: 'right',
    render: (row) => <span className="num">{money(onItsSide(row.type, row[key]), row.currency)}</span>,
  });
  return [
    {
      key: 'account',
      title: t('ledger.column.account'),
      render: ({ kind, name }) => (
        <Link to="/operator/ledger/accounts" search={{ month, kind }} data-testid="kind-link">
          {text(name)}
        </Link>
      ),
    },
    { key: 'accounts', title: t('ledger.column.accounts'), align: 'right', render: ({ accounts }) => accounts },
    { key: 'currency', title: t('ledger.column.currency'), render: ({ currency }) => currency },
    balance('opening'),
    amount('debit'),
    amount('credit'),
    balance('closing'),
  ];
}
