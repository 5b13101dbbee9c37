import type { StatementView, WalletOverviewView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { repay } from '../../api/wallet.ts';
import { useCommand } from '../../components/command.ts';
import { Panel } from '../../components/page.tsx';
import { type Column, Pair, Rows } from '../../components/rows.tsx';
import { Amount, Instant } from '../../components/values.tsx';
import { compareDecimal } from '../../format/decimal.ts';
import { formatMoney } from '../../format/money.ts';
import { may } from '../../shell/areas.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { monthName } from '../ledger/amounts.ts';
import { AmountDialog } from './amount-dialog.tsx';
import { StatementEntries } from './statement-entries.tsx';
import { StatementState } from './states.tsx';

/** Credit: what may be bought on it, and its statements month by month, each opening to what stands on it (S2-3). */
export function CreditPanel({ wallet: { credit, statements } }: { wallet: WalletOverviewView }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('wallet.credit.title')}>
      <div className="stack">
        {credit === null ? (
          <p className="soft">{t('wallet.credit.none')}</p>
        ) : (
          <>
            {credit.state === 'WITHDRAWN' && <p>{t('wallet.credit.WITHDRAWN')}</p>}
            <dl className="facts">
              <Pair term={t('wallet.credit.limit')} value={<Amount money={credit.limit} />} />
              <Pair term={t('wallet.credit.used')} value={<Amount money={credit.used} testId="credit-used" />} />
              <Pair
                term={t('wallet.credit.available')}
                value={<Amount money={credit.available} testId="credit-available" />}
              />
              <Pair term={t('wallet.credit.term')} value={t('wallet.credit.termDays', { days: credit.termDays })} />
            </dl>
          </>
        )}
        {(credit !== null || statements.length > 0) && <Statements statements={statements} />}
      </div>
    </Panel>
  );
}

function Statements({ statements }: { statements: readonly StatementView[] }) {
  const { t } = useTranslation();
  if (statements.length === 0) return <p className="soft">{t('wallet.credit.noStatements')}</p>;
  const columns: Column<StatementView>[] = [
    { key: 'month', title: t('wallet.credit.month'), render: ({ month }) => monthName(month) },
    { key: 'state', title: t('order.state'), render: (statement) => <StatementState statement={statement} /> },
    {
      key: 'charged',
      title: t('wallet.credit.charged'),
      align: 'right',
      render: ({ charged }) => <Amount money={charged} />,
    },
    { key: 'owed', title: t('wallet.credit.owed'), align: 'right', render: ({ owed }) => <Amount money={owed} /> },
    {
      key: 'due',
      title: t('wallet.credit.due'),
      render: ({ dueAt, state }) => (dueAt === null || state === 'REPAID' ? '—' : <Instant at={dueAt} />),
    },
    { key: 'action', title: t('list.action'), render: (statement) => <StatementActions statement={statement} /> },
  ];
  return (
    <>
      <h3>{t('wallet.credit.statements')}</h3>
      <Rows rows={statements} columns={columns} rowKey={({ month }) => month} testId="statement-row" />
    </>
  );
}

function StatementActions({ statement }: { statement: StatementView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const [open, setOpen] = useState<'entries' | 'repay' | null>(null);
  const allowed = may(useQuery(sessionQuery).data, 'wallet.top-up');
  const { month, owed } = statement;
  const name = monthName(month);
  const repayment = useCommand({
    run: (amount: string) => repay(month, amount),
    refresh: ['wallet'],
    done: t('wallet.credit.repaid'),
    onDone: () => setOpen(null),
    onFailed: () => true,
  });
  return (
    <span className="row">
      <Button
        size="small"
        aria-label={`${t('list.details')} ${t('wallet.credit.entries', { month: name })}`}
        onClick={() => setOpen('entries')}
      >
        {t('list.details')}
      </Button>
      {allowed && compareDecimal(owed.amount, '0') > 0 && (
        <Button
          size="small"
          type="primary"
          aria-label={t('wallet.credit.repayTitle', { month: name })}
          onClick={() => setOpen('repay')}
          data-testid="repay"
        >
          {t('wallet.credit.repay')}
        </Button>
      )}
      {open === 'entries' && <StatementEntries month={month} onClose={() => setOpen(null)} />}
      {open === 'repay' && (
        <AmountDialog
          title={t('wallet.credit.repayTitle', { month: name })}
          help={t('wallet.credit.repayHelp', { owed: formatMoney(owed, language) })}
          confirm={t('wallet.credit.repay')}
          currency={owed.currency}
          initial={owed.amount}
          busy={repayment.isPending}
          error={repayment.error}
          onClose={() => setOpen(null)}
          onConfirm={(amount) => repayment.mutate(amount)}
        />
      )}
    </span>
  );
}
