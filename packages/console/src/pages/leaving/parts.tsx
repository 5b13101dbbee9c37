import type { LeavingView, NoInvoiceStatementView, OwnLeavingView } from '@jishi/marketplace/console-api';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../components/feedback.tsx';
import { FileLink } from '../../components/file-link.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { State } from '../../components/state.tsx';
import type { Tone } from '../../components/tones.ts';
import { Instant } from '../../components/values.tsx';
import { useMoney } from '../settlement/words.ts';

/** What seller and operator both see of a seller that wants to leave (S4-7). */

type Hindrance = OwnLeavingView['hindrances'][number];

/** What is still open, counted, each with its way out. @param solve where a seller solves it; absent = the operator only looks */
export function Hindrances({
  hindrances,
  currency,
  solve,
}: Pick<OwnLeavingView, 'hindrances' | 'currency'> & { solve?: (hindrance: Hindrance) => ReactNode }) {
  const { t } = useTranslation();
  const money = useMoney();
  const columns: Column<Hindrance>[] = [
    {
      key: 'kind',
      title: t('leaving.open'),
      render: ({ kind }) => (
        <div>
          {t(`leaving.kind.${kind}.word`)}
          <div className="soft">{t(`leaving.kind.${kind}.help`)}</div>
        </div>
      ),
    },
    {
      key: 'count',
      title: t('leaving.count'),
      align: 'right',
      render: ({ count, amount }) => (
        <div>
          <span className="num" data-testid="hindrance-count">
            {count}
          </span>
          {amount !== null && <div className="soft num">{money(amount, currency)}</div>}
        </div>
      ),
    },
    ...(solve === undefined ? [] : [{ key: 'solve', title: t('leaving.solve'), render: solve }]),
  ];
  return hindrances.length === 0 ? (
    <Empty sentence={t('leaving.nothing')} />
  ) : (
    <Rows rows={hindrances} columns={columns} rowKey={({ kind }) => kind} testId="hindrance-row" />
  );
}

/** Prepaid services hinder nobody, but somebody is there for them. */
export function Running({ running: { prepaid, lastExpiry } }: Pick<OwnLeavingView, 'running'>) {
  const { t } = useTranslation();
  if (prepaid === 0) return null;
  return (
    <p className="soft" data-testid="still-running">
      {t('leaving.running', { count: prepaid })}
      {lastExpiry !== null && (
        <>
          {' '}
          {t('leaving.runningUntil')} <Instant at={lastExpiry} />
        </>
      )}
    </p>
  );
}

/** Of which orders the buyer needs no invoice, as the seller declares it. */
export function Statements({ statements }: { statements: readonly NoInvoiceStatementView[] }) {
  const { t } = useTranslation();
  const columns: Column<NoInvoiceStatementView>[] = [
    {
      key: 'statement',
      title: t('leaving.statement.text'),
      render: ({ statement, file }) => (
        <div style={{ maxWidth: 420 }}>
          <span className="prose">{statement}</span>
          {file !== null && (
            <div>
              <FileLink file={file} />
            </div>
          )}
        </div>
      ),
    },
    {
      key: 'orders',
      title: t('leaving.statement.orders'),
      render: ({ orders }) => (
        <ul className="plain-list">
          {orders.map(({ orderKey, buyerId, buyerName }) => (
            <li key={`${buyerId} ${orderKey}`}>
              <span className="mono">{orderKey}</span> <span className="soft">{buyerName}</span>
            </li>
          ))}
        </ul>
      ),
    },
    {
      key: 'at',
      title: t('leaving.statement.declared'),
      render: ({ declaredAt, declaredBy }) => (
        <>
          <Instant at={declaredAt} /> <span className="soft">{declaredBy}</span>
        </>
      ),
    },
  ];
  return <Rows rows={statements} columns={columns} rowKey={({ statementId }) => statementId} testId="statement-row" />;
}

const tones: Readonly<Record<LeavingView['state'], Tone>> = {
  PENDING: 'wait',
  APPROVED: 'ok',
  REJECTED: 'bad',
  WITHDRAWN: 'idle',
};
export function LeavingState({ state, large }: { state: LeavingView['state']; large?: boolean }) {
  const { t } = useTranslation();
  return (
    <State
      tone={tones[state]}
      word={t(`leaving.state.${state}.word`)}
      help={t(`leaving.state.${state}.help`)}
      state={state}
      large={large}
      testId="leaving-state"
    />
  );
}

/** Where a seller solves what hinders. */
export function WayOut({ kind }: Pick<Hindrance, 'kind'>) {
  const { t } = useTranslation();
  switch (kind) {
    case 'PRODUCTS':
      return <Link to="/seller/products">{t('nav.products')}</Link>;
    case 'ORDERS':
      return <Link to="/seller/orders">{t('nav.customerOrders')}</Link>;
    case 'REFUNDS':
      return <Link to="/seller/refunds">{t('nav.customerRefunds')}</Link>;
    case 'METERED':
      return <Link to="/seller/services">{t('nav.customerServices')}</Link>;
    case 'UNBILLED':
      return (
        <span className="row">
          <Link to="/seller/transactions" search={{ billing: 'WAITING' }}>
            {t('settlement.billing.WAITING.word')}
          </Link>
          <Link to="/seller/transactions" search={{ billing: 'READY' }}>
            {t('settlement.billing.READY.word')}
          </Link>
        </span>
      );
    case 'UNPAID':
      return <Link to="/seller/bills">{t('nav.bills')}</Link>;
    case 'BELOW_MINIMUM':
    case 'OWED':
      return (
        <Link to="/seller/bills" search={{ held: 'true' }}>
          {t('nav.bills')}
        </Link>
      );
    case 'UNINVOICED':
      return <a href="#uninvoiced">{t('leaving.uninvoiced.title')}</a>;
    case 'INVOICES':
      return <Link to="/seller/invoices">{t('nav.invoices')}</Link>;
    case 'FEE':
      return <Link to="/seller/fee-invoices">{t('leaving.toFee')}</Link>;
  }
}
