import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { App, Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { type VoucherView, voidVoucher, vouchersQuery } from '../../api/offers.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { useCommand } from '../../components/command.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Amount, Instant } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';
import { parseVoucherSearch } from '../../search/sales-params.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { AssignVoucher } from './assign-voucher.tsx';
import { VoucherState } from './offer-state.tsx';
import { VoucherItems } from './voucher-items.tsx';

/** Vouchers (S-56): published, claimed or assigned, used; voiding leaves those that customers have. */
export function SellerVouchersPage() {
  const { t } = useTranslation();
  const search = parseVoucherSearch(useSearch({ strict: false }));
  const vouchers = useQuery(vouchersQuery(search));
  const columns = useColumns();
  return (
    <Page
      title={t('nav.sellerVouchers')}
      tools={
        <ButtonLink color="primary" variant="solid" to="/seller/vouchers/new" data-testid="new-voucher">
          {t('offers.voucher.new')}
        </ButtonLink>
      }
    >
      <Loaded query={vouchers}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t('offers.voucher.none')} />
          ) : (
            <>
              <Rows rows={page.items} columns={columns} rowKey={({ voucherId }) => voucherId} testId="voucher-row" />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function useColumns(): Column<VoucherView>[] {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return [
    {
      key: 'name',
      title: t('offers.voucher.name'),
      render: ({ name, claimable }) => (
        <div className="product-cell">
          <strong>{name}</strong>
          <div className="soft">{t(claimable ? 'offers.voucher.claimable' : 'offers.voucher.assigned')}</div>
        </div>
      ),
    },
    { key: 'state', title: t('order.state'), render: ({ state }) => <VoucherState state={state} /> },
    {
      key: 'worth',
      title: t('offers.voucher.faceValue'),
      align: 'right',
      render: ({ faceValue, minimumSpend }) => (
        <>
          <Amount money={faceValue} />
          <div className="soft">
            {minimumSpend === null
              ? t('offers.mine.anySum')
              : t('offers.mine.from', { amount: formatMoney(minimumSpend, language) })}
          </div>
        </>
      ),
    },
    { key: 'items', title: t('offers.items'), render: (voucher) => <VoucherItems voucher={voucher} /> },
    { key: 'use', title: t('offers.voucher.use'), render: (voucher) => <Use voucher={voucher} /> },
    {
      key: 'validity',
      title: t('offers.validity'),
      render: ({ validFrom, validTo }) => (
        <>
          <Instant at={validFrom} />
          <br />– <Instant at={validTo} />
        </>
      ),
    },
    {
      key: 'action',
      title: t('list.action'),
      render: (voucher) =>
        voucher.state === 'PUBLISHED' ? (
          <span className="row">
            <AssignVoucher voucher={voucher} />
            <VoidVoucher voucher={voucher} />
          </span>
        ) : (
          <span className="soft">—</span>
        ),
    },
  ];
}

/** How many were claimed and used of how many. */
function Use({ voucher: { total, claimed, used } }: { voucher: VoucherView }) {
  const { t } = useTranslation();
  return (
    <div style={{ minWidth: 140 }} data-testid="voucher-use">
      <Progress
        percent={Math.round((claimed / total) * 100)}
        success={{ percent: Math.round((used / total) * 100) }}
        showInfo={false}
        size="small"
        aria-label={t('offers.voucher.useOf', { claimed, used, total })}
      />
      <span className="soft num">{t('offers.voucher.useOf', { claimed, used, total })}</span>
    </div>
  );
}

/** Gives none out any more, after one question that says what stays. */
function VoidVoucher({ voucher }: { voucher: VoucherView }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const command = useCommand({ run: voidVoucher, refresh: ['vouchers'], done: t('offers.voucher.void.done') });
  const ask = (): void =>
    void modal.confirm({
      title: t('offers.voucher.void.title', { name: voucher.name }),
      content: t('offers.voucher.void.lost', { claimed: voucher.claimed - voucher.used }),
      okText: t('offers.voucher.void.confirm'),
      cancelText: t('offers.keep'),
      okButtonProps: { danger: true, 'data-testid': 'void-confirm' },
      onOk: () => command.mutateAsync(voucher.voucherId).catch(() => undefined),
    });
  return (
    <Button
      size="small"
      danger
      onClick={ask}
      loading={command.isPending}
      aria-label={`${t('offers.voucher.void.button')}: ${voucher.name}`}
      data-testid="void-voucher"
    >
      {t('offers.voucher.void.button')}
    </Button>
  );
}
