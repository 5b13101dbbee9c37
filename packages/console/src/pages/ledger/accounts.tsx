import type { LedgerAccount, LedgerAccountPage, LedgerState } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { accountsQuery, ledgerQuery } from '../../api/ledger.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { useText } from '../../i18n/text.ts';
import { type AccountSearch, parseAccountSearch, parseStatementSearch } from '../../search/ledger-params.ts';
import { onItsSide, useLedgerMoney } from './amounts.ts';
import { MonthChoice } from './month-choice.tsx';

/** The accounts of one kind with what a month moved on each. */
export function LedgerAccountsPage() {
  const { t } = useTranslation();
  const search = parseAccountSearch(useSearch({ strict: false }));
  return (
    <Loaded query={useQuery(ledgerQuery)} title={t('nav.ledger')}>
      {(books) => <Accounts books={books} search={search} month={search.month ?? books.months[0]?.month ?? ''} />}
    </Loaded>
  );
}

interface AccountsProps {
  readonly books: LedgerState;
  readonly search: AccountSearch;
  readonly month: string;
}

function Accounts({ books, search, month }: AccountsProps) {
  const { t } = useTranslation();
  const text = useText();
  const kind = search.kind ?? 'platform:bank';
  const accounts = useQuery(accountsQuery({ month, kind, cursor: search.cursor, limit: search.limit }));
  return (
    <Loaded query={accounts} title={t('nav.ledger')}>
      {(page) => (
        <Page title={t('ledger.accounts.title', { name: text(page.kindName) })}>
          <div>
            <Link to="/operator/ledger" search={{ month }} data-testid="back">
              {t('ledger.trial')}
            </Link>
          </div>
          <MonthChoice months={books.months} month={month} />
          {page.items.length === 0 ? (
            <Empty sentence={t('ledger.accounts.none')} />
          ) : (
            <AccountRows page={page} month={month} />
          )}
          <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
        </Page>
      )}
    </Loaded>
  );
}

function AccountRows({ page, month }: { page: LedgerAccountPage; month: string }) {
  const { t } = useTranslation();
  const money = useLedgerMoney();
  const amount = (key: 'opening' | 'debit' | 'credit' | 'closing'): Column<LedgerAccount> => ({
    key,
    title: t(`ledger.column.${key}`),
    align: 'right',
    render: (row) => {
      const isBalance = key === 'opening' || key === 'closing';
      return <span className="num">{money(isBalance ? onItsSide(page.type, row[key]) : row[key], row.currency)}</span>;
    },
  });
  const columns: Column<LedgerAccount>[] = [
    {
      key: 'account',
      title: t('ledger.column.account'),
      render: ({ account, holderName, currency }) => (
        <>
          <Link
            to="/operator/ledger/statement"
            search={parseStatementSearch({ month, account, currency })}
            data-testid="account-link"
          >
            {holderName ?? account}
          </Link>
          {holderName !== null && (
            <div className="soft mono" style={{ overflowWrap: 'anywhere' }}>
              {account}
            </div>
          )}
        </>
      ),
    },
    amount('opening'),
    amount('debit'),
    amount('credit'),
    amount('closing'),
  ];
  return (
    <Rows
      rows={page.items}
      columns={columns}
      rowKey={({ account, currency }) => `${account} ${currency}`}
      testId="account-row"
    />
  );
}
