import type { PayoutDue, PayoutDueList } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dueQuery } from '../../api/payout.ts';
import { sessionQuery } from '../../api/queries.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { may } from '../../shell/areas.ts';
import { useMoney } from '../settlement/words.ts';
import { NewRun } from './new-run.tsx';
import { MaskedAccount } from './words.tsx';

/** Requisitions that passed their reviews: chosen ones become a run. */
export function DuePanel() {
  const { t } = useTranslation();
  const due = useQuery(dueQuery);
  return (
    <Panel title={t('payout.due.title')}>
      <Loaded query={due}>
        {(found) =>
          found.items.length === 0 ? <p className="soft">{t('payout.due.none')}</p> : <Chosen due={found} />
        }
      </Loaded>
    </Panel>
  );
}

function Chosen({ due }: { due: PayoutDueList }) {
  const { t } = useTranslation();
  const money = useMoney();
  const allowed = may(useQuery(sessionQuery).data, 'settlement.run');
  const payable = due.items.filter(({ account }) => account !== null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [making, setMaking] = useState(false);
  const chosen = payable.filter(({ requisitionId }) => !left.has(requisitionId));
  const columns = useColumns(left, (id, out) => {
    const next = new Set(left);
    if (out) next.add(id);
    else next.delete(id);
    setLeft(next);
  });
  const why = !allowed
    ? t('payout.due.role')
    : due.payer === null
      ? t('payout.due.noPayer')
      : chosen.length === 0
        ? t('payout.due.nothingChosen')
        : null;
  return (
    <div className="stack">
      <Rows rows={due.items} columns={columns} rowKey={({ requisitionId }) => requisitionId} testId="due-row" />
      <div className="row">
        <Button
          type="primary"
          disabled={why !== null}
          onClick={() => setMaking(true)}
          data-testid="preview-run"
          style={{ height: 'auto', minHeight: 32, whiteSpace: 'normal' }}
        >
          {t('payout.due.make', { payments: chosen.length })}
        </Button>
        <span>
          {t('payout.due.total')} <strong className="num">{money(due.total, due.currency)}</strong>
        </span>
      </div>
      {why !== null && (
        <p className="soft" data-testid="why-not">
          {why} {due.payer === null && <Link to="/operator/payout/accounts">{t('payout.accounts.title')}</Link>}
        </p>
      )}
      {payable.length < due.items.length && (
        <Alert
          type="warning"
          showIcon
          title={t('payout.due.noAccounts', { payments: due.items.length - payable.length })}
        />
      )}
      {making && (
        <NewRun requisitionIds={chosen.map(({ requisitionId }) => requisitionId)} onClose={() => setMaking(false)} />
      )}
    </div>
  );
}

function useColumns(left: ReadonlySet<string>, leave: (id: string, out: boolean) => void): Column<PayoutDue>[] {
  const { t } = useTranslation();
  const money = useMoney();
  return [
    {
      key: 'choose',
      title: t('payout.column.choose'),
      render: ({ requisitionId, account, payee }) => (
        <Checkbox
          checked={account !== null && !left.has(requisitionId)}
          disabled={account === null}
          aria-label={t('payout.due.choose', { payee: payee.name })}
          onChange={({ target }) => leave(requisitionId, !target.checked)}
        />
      ),
    },
    {
      key: 'payee',
      title: t('payout.column.payee'),
      render: ({ payee, class: named }) => (
        <>
          {payee.name}
          <div className="soft">{named === null ? t('partners.bills.ofRun') : t(`settlement.class.${named}`)}</div>
        </>
      ),
    },
    {
      key: 'bills',
      title: t('payout.column.bills'),
      render: ({ bills, requisitionId, class: named }) => (
        <>
          <span className="row">
            {bills.map(({ billId, period }) => (
              <Link
                key={billId}
                to={named === null ? '/operator/commission-bills/$billId' : '/operator/bills/$billId'}
                params={{ billId }}
              >
                <span className="num">{period}</span>
              </Link>
            ))}
          </span>
          <div className="soft mono">{requisitionId}</div>
        </>
      ),
    },
    {
      key: 'account',
      title: t('payout.column.account'),
      render: ({ account, earlier }) => (
        <>
          {account === null ? (
            <Link to="/operator/payout/accounts">{t('payout.due.noAccount')}</Link>
          ) : (
            <MaskedAccount account={account} />
          )}
          {earlier !== null && (
            <div className="fault">
              {t(`payout.payment.${earlier.state}.word`)} {earlier.reason}
            </div>
          )}
        </>
      ),
    },
    {
      key: 'amount',
      title: t('payout.column.amount'),
      align: 'right',
      render: ({ amount, currency }) => <span className="num">{money(amount, currency)}</span>,
    },
  ];
}
