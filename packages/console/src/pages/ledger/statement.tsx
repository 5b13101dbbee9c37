import type { LedgerState, LedgerStatement, LedgerStatementLine } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ledgerQuery, statementQuery } from '../../api/ledger.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Pair, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { formatInstant } from '../../format/time.ts';
import { useText } from '../../i18n/text.ts';
import { parseStatementSearch, type StatementSearch } from '../../search/ledger-params.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { onItsSide, useEntryWords, useLedgerMoney } from './amounts.ts';
import { MonthChoice } from './month-choice.tsx';

/** The postings of one account in a month, each with the balance after it. */
export function LedgerStatementPage() {
  const { t } = useTranslation();
  const search = parseStatementSearch(useSearch({ strict: false }));
  return (
    <Loaded query={useQuery(ledgerQuery)} title={t('ledger.statement.title')}>
      {(books) => <Statement books={books} search={search} month={search.month ?? books.months[0]?.month ?? ''} />}
    </Loaded>
  );
}

interface StatementProps {
  readonly books: LedgerState;
  readonly search: StatementSearch;
  readonly month: string;
}

function Statement({ books, search, month }: StatementProps) {
  const { t } = useTranslation();
  const text = useText();
  const { account = 'platform:bank', currency = 'CNY', cursor, limit } = search;
  const statement = useQuery(statementQuery({ month, account, currency, cursor, limit }));
  return (
    <Loaded query={statement} title={t('ledger.statement.title')}>
      {(found) => (
        <Page title={`${t('ledger.statement.title')} · ${found.holderName ?? text(found.kindName)}`}>
          <div className="row">
            <Link to="/operator/ledger" search={{ month }} data-testid="back">
              {t('ledger.trial')}
            </Link>
            <span className="soft mono" style={{ overflowWrap: 'anywhere' }}>
              {found.account}
            </span>
          </div>
          <MonthChoice months={books.months} month={month} />
          <Sums statement={found} />
          {found.items.length === 0 ? <Empty sentence={t('ledger.statement.none')} /> : <Lines statement={found} />}
          <Pager cursor={cursor} limit={limit} nextCursor={found.nextCursor} />
        </Page>
      )}
    </Loaded>
  );
}

function Sums({ statement: { turnover, type } }: { statement: LedgerStatement }) {
  const { t } = useTranslation();
  const money = useLedgerMoney();
  const shown = (amount: string) => <span className="num">{money(amount, turnover.currency)}</span>;
  return (
    <dl className="facts panel" data-testid="turnover">
      <Pair term={t('ledger.column.opening')} value={shown(onItsSide(type, turnover.opening))} />
      <Pair term={t('ledger.column.debit')} value={shown(turnover.debit)} />
      <Pair term={t('ledger.column.credit')} value={shown(turnover.credit)} />
      <Pair term={t('ledger.column.closing')} value={shown(onItsSide(type, turnover.closing))} />
    </dl>
  );
}

function Lines({ statement: { items, turnover, type } }: { statement: LedgerStatement }) {
  const { t } = useTranslation();
  const words = useEntryWords();
  const money = useLedgerMoney();
  const side = (key: 'debit' | 'credit'): Column<LedgerStatementLine> => ({
    key,
    title: t(`ledger.column.${key}`),
    align: 'right',
    render: (line) => (
      <span className="num">{/^0(\.0*)?$/.test(line[key]) ? '' : money(line[key], turnover.currency)}</span>
    ),
  });
  const columns: Column<LedgerStatementLine>[] = [
    { key: 'at', title: t('ledger.column.at'), render: (line) => <When line={line} /> },
    { key: 'kind', title: t('ledger.column.kind'), render: ({ kind }) => words(kind) },
    {
      key: 'reference',
      title: t('ledger.column.reference'),
      render: ({ reference }) => (
        <span className="mono" style={{ overflowWrap: 'anywhere' }}>
          {reference}
        </span>
      ),
    },
    side('debit'),
    side('credit'),
    {
      key: 'balance',
      title: t('ledger.column.balance'),
      align: 'right',
      render: ({ balance }) => <span className="num">{money(onItsSide(type, balance), turnover.currency)}</span>,
    },
  ];
  return (
    <Rows
      rows={items}
      columns={columns}
      rowKey={({ entryId, place }) => `${entryId} ${place}`}
      testId="statement-row"
    />
  );
}

/** The instant in the books; where the entry came after its month was closed, also when it happened. */
function When({ line }: { line: LedgerStatementLine }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (
    <>
      <Instant at={line.bookedAt} exact />
      {line.occurredAt !== line.bookedAt && (
        <div className="soft">{t('ledger.late', { at: formatInstant(line.occurredAt, language) })}</div>
      )}
    </>
  );
}
