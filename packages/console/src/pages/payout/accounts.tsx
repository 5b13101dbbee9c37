import type { PayoutAccount } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accountsQuery, saveAccount } from '../../api/payout.ts';
import { sessionQuery } from '../../api/queries.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { may } from '../../shell/areas.ts';
import { AccountChange } from './account-change.tsx';
import { AccountForm } from './account-form.tsx';
import { MaskedAccount } from './words.tsx';

/** Where is paid from and to, as certified (S2-1); numbers are entered here and never shown again. */
export function PayoutAccountsPage() {
  const { t } = useTranslation();
  const accounts = useQuery(accountsQuery);
  const allowed = may(useQuery(sessionQuery).data, 'settlement.decide');
  const [editing, setEditing] = useState<PayoutAccount | null>(null);
  const nameOf = ({ owner }: PayoutAccount): string =>
    owner.kind === 'PLATFORM' ? t('payout.accounts.platform', { site: owner.name }) : owner.name;
  const columns: Column<PayoutAccount>[] = [
    {
      key: 'owner',
      title: t('payout.accounts.owner'),
      render: (row) => (
        <>
          {nameOf(row)}
          <div className="soft">{t(`payout.accounts.kind.${row.owner.kind}`)}</div>
        </>
      ),
    },
    {
      key: 'account',
      title: t('payout.column.account'),
      render: ({ account }) => (account === null ? t('payout.due.noAccount') : <MaskedAccount account={account} />),
    },
    {
      key: 'code',
      title: t('payout.accounts.bankCode'),
      render: ({ account }) => <span className="mono">{account?.bankCode ?? '—'}</span>,
    },
    {
      key: 'changed',
      title: t('payout.accounts.changed'),
      render: ({ account }) => (account === null ? '—' : <Instant at={account.changedAt} />),
    },
    {
      key: 'change',
      title: t('payout.change.title'),
      render: (row) => (row.change === null ? '—' : <AccountChange of={row} change={row.change} allowed={allowed} />),
    },
    {
      key: 'action',
      title: t('list.action'),
      render: (row) => (
        <Button
          size="small"
          disabled={!allowed}
          onClick={() => setEditing(row)}
          aria-label={`${t('payout.accounts.enter')} ${nameOf(row)}`}
          data-testid="enter-account"
        >
          {t('payout.accounts.enter')}
        </Button>
      ),
    },
  ];
  return (
    <Page title={t('payout.accounts.title')} tools={<Link to="/operator/payout">{t('nav.payout')}</Link>}>
      <p className="soft">{t('payout.accounts.intro')}</p>
      <Loaded query={accounts}>
        {({ items }) => (
          <Rows
            rows={items}
            columns={columns}
            rowKey={({ owner }) => `${owner.kind} ${owner.id}`}
            testId="account-row"
          />
        )}
      </Loaded>
      {!allowed && (
        <p className="soft" data-testid="why-not">
          {t('payout.due.role')}
        </p>
      )}
      {editing !== null && (
        <AccountForm
          title={t('payout.accounts.formTitle', { name: nameOf(editing) })}
          help={t('payout.accounts.formHelp')}
          account={editing.account}
          run={(values) => saveAccount({ owner: { kind: editing.owner.kind, id: editing.owner.id }, ...values })}
          refresh={['settlement']}
          done={t('payout.accounts.done')}
          onClose={() => setEditing(null)}
        />
      )}
    </Page>
  );
}
