import type { CreditView, PurseView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { creditsQuery, pursesQuery, withdrawCredit, withdrawPurse } from '../../api/wallet.ts';
import { useCommand } from '../../components/command.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Amount } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';
import { parsePurseSearch } from '../../search/wallet-params.ts';
import { may } from '../../shell/areas.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { GrantCredit } from './grant-credit.tsx';
import { GrantPurse } from './grant-purse.tsx';
import { usePurseColumns } from './purses.tsx';

/** What the operator's finance gives buyers to pay with, and takes back: coupons, cards, credit. */
export function StaffWalletsPage() {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'purse' | 'credit' | null>(null);
  const allowed = may(useQuery(sessionQuery).data, 'wallet.grant');
  const why = allowed ? undefined : t('wallet.staff.role');
  return (
    <Page
      title={t('wallet.staff.title')}
      tools={
        <span className="row">
          <Button disabled={!allowed} title={why} onClick={() => setOpen('credit')} data-testid="grant-credit">
            {t('wallet.staff.grantCredit')}
          </Button>
          <Button
            type="primary"
            disabled={!allowed}
            title={why}
            onClick={() => setOpen('purse')}
            data-testid="grant-purse"
          >
            {t('wallet.staff.grant')}
          </Button>
        </span>
      }
    >
      <p className="soft">{allowed ? t('wallet.staff.intro') : t('wallet.staff.role')}</p>
      <Credits allowed={allowed} />
      <Given allowed={allowed} />
      {open === 'purse' && <GrantPurse onClose={() => setOpen(null)} />}
      {open === 'credit' && <GrantCredit onClose={() => setOpen(null)} />}
    </Page>
  );
}

function Credits({ allowed }: { allowed: boolean }) {
  const { t } = useTranslation();
  const credits = useQuery(creditsQuery({ limit: 100 }));
  const columns: Column<CreditView>[] = [
    { key: 'buyer', title: t('wallet.staff.buyer'), render: ({ buyerName }) => buyerName },
    { key: 'limit', title: t('wallet.credit.limit'), align: 'right', render: ({ limit }) => <Amount money={limit} /> },
    { key: 'used', title: t('wallet.credit.used'), align: 'right', render: ({ used }) => <Amount money={used} /> },
    {
      key: 'available',
      title: t('wallet.credit.available'),
      align: 'right',
      render: ({ available }) => <Amount money={available} />,
    },
    { key: 'reason', title: t('wallet.staff.reason'), render: ({ reason }) => reason },
    {
      key: 'action',
      title: t('list.action'),
      render: (credit) =>
        credit.state === 'WITHDRAWN' ? t('wallet.staff.withdrawn') : allowed ? <TakeCredit credit={credit} /> : '—',
    },
  ];
  return (
    <Panel title={t('wallet.staff.credit')}>
      <Loaded query={credits}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">{t('wallet.staff.noCredit')}</p>
          ) : (
            <Rows rows={items} columns={columns} rowKey={({ buyerId }) => buyerId} testId="credit-row" />
          )
        }
      </Loaded>
    </Panel>
  );
}

function Given({ allowed }: { allowed: boolean }) {
  const { t } = useTranslation();
  const search = parsePurseSearch(useSearch({ strict: false }));
  const purses = useQuery(pursesQuery(search));
  const columns: Column<PurseView>[] = [
    { key: 'buyer', title: t('wallet.staff.buyer'), render: ({ buyerName }) => buyerName },
    ...usePurseColumns(),
    { key: 'reason', title: t('wallet.staff.reason'), render: ({ reason }) => reason || '—' },
    {
      key: 'action',
      title: t('list.action'),
      render: (purse) => (purse.state === 'ACTIVE' && allowed ? <TakePurse purse={purse} /> : '—'),
    },
  ];
  return (
    <Panel title={t('wallet.staff.purses')}>
      <Loaded query={purses}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <p className="soft">{t('wallet.staff.noPurses')}</p>
          ) : (
            <>
              <Rows rows={items} columns={columns} rowKey={({ purseId }) => purseId} testId="given-row" />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={nextCursor} />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

function TakePurse({ purse: { purseId, left, buyerName } }: { purse: PurseView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (
    <TakeBack
      name={buyerName}
      title={t('wallet.staff.withdrawPurse', { left: formatMoney(left, language) })}
      help={t('wallet.staff.withdrawPurseHelp')}
      run={(reason) => withdrawPurse(purseId, reason)}
    />
  );
}

function TakeCredit({ credit: { buyerId, used, buyerName } }: { credit: CreditView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (
    <TakeBack
      name={buyerName}
      title={t('wallet.staff.withdrawCredit')}
      help={t('wallet.staff.withdrawCreditHelp', { used: formatMoney(used, language) })}
      run={(reason) => withdrawCredit(buyerId, reason)}
    />
  );
}

interface TakeBackProps {
  /** whose it is */
  readonly name: string;
  readonly title: string;
  readonly help: string;
  readonly run: (reason: string) => Promise<unknown>;
}

function TakeBack({ name, title, help, run }: TakeBackProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const take = useCommand({
    run,
    refresh: ['wallets'],
    done: t('wallet.staff.withdrawn'),
    onDone: () => setAsking(false),
    onFailed: () => true,
  });
  return (
    <>
      <Button
        size="small"
        aria-label={`${t('wallet.staff.withdraw')} ${name}`}
        onClick={() => setAsking(true)}
        data-testid="take-back"
      >
        {t('wallet.staff.withdraw')}
      </Button>
      {asking && (
        <ReasonDialog
          title={title}
          confirm={t('wallet.staff.withdraw')}
          danger
          busy={take.isPending}
          error={take.error}
          onClose={() => setAsking(false)}
          onConfirm={(reason) => take.mutate(reason)}
        >
          {help}
        </ReasonDialog>
      )}
    </>
  );
}
