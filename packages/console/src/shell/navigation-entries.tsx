/** Where an area's navigation leads, in groups: the order in which its people work, not of the alphabet. */
import {
  AccountBookOutlined,
  ApartmentOutlined,
  ApiOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  BellOutlined,
  BugOutlined,
  CalculatorOutlined,
  CalendarOutlined,
  CloudServerOutlined,
  DashboardOutlined,
  DiffOutlined,
  DownloadOutlined,
  FieldTimeOutlined,
  FileSearchOutlined,
  FileTextOutlined,
  FileZipOutlined,
  FundOutlined,
  GiftOutlined,
  HeartOutlined,
  IdcardOutlined,
  InboxOutlined,
  KeyOutlined,
  LineChartOutlined,
  LogoutOutlined,
  MailOutlined,
  MoneyCollectOutlined,
  PercentageOutlined,
  QuestionCircleOutlined,
  RollbackOutlined,
  SafetyCertificateOutlined,
  SaveOutlined,
  ScheduleOutlined,
  SendOutlined,
  ShoppingOutlined,
  SolutionOutlined,
  StarOutlined,
  TagsOutlined,
  TeamOutlined,
  ThunderboltOutlined,
  UnorderedListOutlined,
  WalletOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Action, Area } from './areas.ts';

export interface NavigationGroup {
  /** null = stands above the others, without a name */
  readonly name:
    | 'account'
    | 'agreements'
    | 'customers'
    | 'goods'
    | 'interfaces'
    | 'mine'
    | 'money'
    | 'opinions'
    | 'selling'
    | null;
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly to:
    | '/'
    | '/services'
    | '/renewals'
    | '/refunds'
    | '/orders'
    | '/enterprise'
    | '/vouchers'
    | '/demands'
    | '/wallet'
    | '/operator/wallets'
    | '/favourites'
    | '/my-reviews'
    | `/seller/${'questions' | 'reviews'}`
    | '/operator/opinions'
    | `/seller/${'offers' | 'vouchers' | 'demands'}`
    | '/operator/offers'
    | `/seller/${'calls' | 'orders' | 'addresses' | 'order-notices' | 'debugging' | 'cases' | 'probes'}`
    | '/operator'
    | `/operator/${'orders' | 'calls' | 'tasks' | 'outbox' | 'probes'}`
    | '/deliveries'
    | '/seller/codes'
    | '/usage'
    | '/operator/usage'
    | `/seller/${'usage' | 'api-keys' | 'api-requests' | 'webhooks'}`
    | `/${'seller' | 'operator'}/${'deliveries' | 'services' | 'customers' | 'refunds' | 'differences'}`
    | `/${'seller' | 'operator'}/assets`
    | `/${'seller' | 'operator'}/${'transactions' | 'bills'}`
    | `/${'seller' | 'distributor' | 'operator'}/exports`
    | `/distributor/${'commissions' | 'bills' | 'demands'}`
    | '/operator/commission-bills'
    | '/seller/agreement'
    | '/seller/leaving'
    | '/operator/leavings'
    | '/operator/seller-agreements'
    | `/operator/${'partners' | 'trade-terms' | 'working-days'}`
    | `/seller/${'income' | 'bank-account'}`
    | '/operator/settlement'
    | '/operator/payout'
    | '/operator/ledger'
    | `/seller/${'products' | 'applications'}`
    | `/operator/${'reviews' | 'products'}`
    | '/members'
    | '/operator/tenants'
    | '/operator/audit'
    | '/invoices'
    | `/${'seller' | 'operator'}/activity`
    | '/seller/operating'
    | '/spending'
    | '/exports'
    | `/${'seller' | 'operator'}/invoices`
    | '/messages/receivers';
  readonly label:
    | 'offers'
    | 'offerApprovals'
    | 'sellerVouchers'
    | 'demands'
    | 'myDemands'
    | 'vouchers'
    | 'wallet'
    | 'wallets'
    | 'market'
    | 'favourites'
    | 'myReviews'
    | 'sellerQuestions'
    | 'sellerReviews'
    | 'products'
    | 'applications'
    | 'assets'
    | 'productReviews'
    | 'allProducts'
    | 'addresses'
    | 'orderNotices'
    | 'debugging'
    | 'cases'
    | 'probes'
    | 'orders'
    | 'services'
    | 'renewals'
    | 'refunds'
    | 'enterprise'
    | 'calls'
    | 'customerOrders'
    | 'customerServices'
    | 'deliveries'
    | 'myDeliveries'
    | 'codes'
    | 'usage'
    | 'apiKeys'
    | 'webhooks'
    | 'apiRequests'
    | 'customers'
    | 'customerRefunds'
    | 'differences'
    | 'overview'
    | 'ledger'
    | 'tasks'
    | 'commissions'
    | 'ownCommissionBills'
    | 'commissionBills'
    | 'sellerAgreement'
    | 'leaving'
    | 'leavings'
    | 'partners'
    | 'tradeTerms'
    | 'workingDays'
    | 'transactions'
    | 'bills'
    | 'allBills'
    | 'income'
    | 'bankAccount'
    | 'billRuns'
    | 'payout'
    | 'exports'
    | 'members'
    | 'tenants'
    | 'audit'
    | 'invoices'
    | 'myInvoices'
    | 'activity'
    | 'operating'
    | 'spending'
    | 'receivers'
    | 'outbox';
  readonly icon: ReactNode;
  /** true where the path is the beginning of its neighbours' */
  readonly exact?: boolean;
  /** without this right the page would only say no */
  readonly needs?: Action;
}

const market: Entry = { to: '/', label: 'market', icon: <AppstoreOutlined />, exact: true };
const enterprise: Entry = { to: '/enterprise', label: 'enterprise', icon: <TeamOutlined /> };

const receivers: Entry = {
  to: '/messages/receivers',
  label: 'receivers',
  icon: <BellOutlined />,
  needs: 'receiver.manage',
};

const members: Entry = { to: '/members', label: 'members', icon: <IdcardOutlined />, needs: 'account.manage' };

/** S-70 */
const activity = (area: 'seller' | 'operator'): Entry => ({
  to: `/${area}/activity`,
  label: 'activity',
  icon: <LineChartOutlined />,
  needs: 'activity.view',
});

/** Running services of customers, the same pages for a seller and for operators. */
const lives = (area: 'seller' | 'operator'): readonly Entry[] => [
  { to: `/${area}/deliveries`, label: 'deliveries', icon: <InboxOutlined />, needs: 'delivery.view' },
  { to: `/${area}/services`, label: 'customerServices', icon: <CloudServerOutlined />, needs: 'instance.list' },
  { to: `/${area}/customers`, label: 'customers', icon: <TeamOutlined />, needs: 'customer.view' },
  { to: `/${area}/refunds`, label: 'customerRefunds', icon: <RollbackOutlined />, needs: 'refund.view' },
  { to: `/${area}/differences`, label: 'differences', icon: <DiffOutlined />, needs: 'difference.view' },
];

/** Settlement (S-60), and the files that both areas have made. */
const transactionDetails = (area: 'seller' | 'operator'): Entry => ({
  to: `/${area}/transactions`,
  label: 'transactions',
  icon: <UnorderedListOutlined />,
  needs: 'settlement.view',
});
const tableExports = (area: 'seller' | 'distributor' | 'operator'): Entry => ({
  to: `/${area}/exports`,
  label: 'exports',
  icon: <DownloadOutlined />,
  needs: 'export.use',
});

export const navigationOf: Readonly<Record<Area, readonly NavigationGroup[]>> = {
  buyer: [
    {
      name: null,
      entries: [market],
    },
    {
      name: 'mine',
      entries: [
        { to: '/services', label: 'services', icon: <CloudServerOutlined />, needs: 'instance.view' },
        { to: '/deliveries', label: 'myDeliveries', icon: <InboxOutlined />, needs: 'delivery.view' },
        { to: '/usage', label: 'usage', icon: <BarChartOutlined />, needs: 'usage.view' },
        { to: '/renewals', label: 'renewals', icon: <FieldTimeOutlined />, needs: 'instance.renew' },
        { to: '/orders', label: 'orders', icon: <FileTextOutlined />, needs: 'order.view' },
        { to: '/refunds', label: 'refunds', icon: <RollbackOutlined />, needs: 'refund.view' },
      ],
    },
    {
      name: 'money',
      entries: [
        { to: '/wallet', label: 'wallet', icon: <WalletOutlined />, needs: 'wallet.view' },
        { to: '/vouchers', label: 'vouchers', icon: <TagsOutlined />, needs: 'offer.use' },
        { to: '/demands', label: 'myDemands', icon: <SolutionOutlined />, needs: 'offer.use' },
        { to: '/spending', label: 'spending', icon: <BarChartOutlined />, needs: 'spending.view' },
        { to: '/invoices', label: 'myInvoices', icon: <AuditOutlined />, needs: 'invoice.request' },
        { to: '/exports', label: 'exports', icon: <DownloadOutlined />, needs: 'export.use' },
      ],
    },
    {
      name: 'opinions',
      entries: [
        { to: '/favourites', label: 'favourites', icon: <HeartOutlined />, needs: 'opinion.write' },
        { to: '/my-reviews', label: 'myReviews', icon: <StarOutlined />, needs: 'opinion.write' },
      ],
    },
    {
      name: 'account',
      entries: [receivers, members, enterprise],
    },
  ],
  enterprise: [
    {
      name: null,
      entries: [enterprise, market],
    },
  ],
  seller: [
    {
      name: 'goods',
      entries: [
        { to: '/seller/products', label: 'products', icon: <ShoppingOutlined />, needs: 'catalog.manage' },
        { to: '/seller/applications', label: 'applications', icon: <AuditOutlined />, needs: 'catalog.manage' },
        { to: '/seller/assets', label: 'assets', icon: <FileZipOutlined />, needs: 'catalog.inspect' },
        { to: '/seller/codes', label: 'codes', icon: <SafetyCertificateOutlined />, needs: 'delivery.view' },
      ],
    },
    {
      name: 'selling',
      entries: [
        { to: '/seller/offers', label: 'offers', icon: <GiftOutlined />, needs: 'offer.manage' },
        { to: '/seller/vouchers', label: 'sellerVouchers', icon: <TagsOutlined />, needs: 'offer.manage' },
        { to: '/seller/demands', label: 'demands', icon: <SolutionOutlined />, needs: 'offer.manage' },
        {
          to: '/seller/questions',
          label: 'sellerQuestions',
          icon: <QuestionCircleOutlined />,
          needs: 'opinion.answer',
        },
        { to: '/seller/reviews', label: 'sellerReviews', icon: <StarOutlined />, needs: 'opinion.answer' },
      ],
    },
    {
      name: 'customers',
      entries: [
        { to: '/seller/orders', label: 'customerOrders', icon: <FileTextOutlined />, needs: 'order.view' },
        ...lives('seller'),
        activity('seller'),
        { to: '/seller/operating', label: 'operating', icon: <FundOutlined />, needs: 'activity.view' },
        { to: '/seller/usage', label: 'usage', icon: <BarChartOutlined />, needs: 'usage.view' },
      ],
    },
    {
      name: 'interfaces',
      entries: [
        { to: '/seller/calls', label: 'calls', icon: <ApiOutlined />, needs: 'call.view' },
        { to: '/seller/debugging', label: 'debugging', icon: <BugOutlined />, needs: 'debug.use' },
        { to: '/seller/cases', label: 'cases', icon: <SaveOutlined />, needs: 'debug.use' },
        { to: '/seller/probes', label: 'probes', icon: <ThunderboltOutlined />, needs: 'probe.view' },
        { to: '/seller/addresses', label: 'addresses', icon: <KeyOutlined />, needs: 'address.manage' },
        { to: '/seller/order-notices', label: 'orderNotices', icon: <SendOutlined />, needs: 'address.manage' },
        { to: '/seller/api-keys', label: 'apiKeys', icon: <KeyOutlined />, needs: 'api-key.manage' },
        { to: '/seller/webhooks', label: 'webhooks', icon: <SendOutlined />, needs: 'api-key.manage' },
        { to: '/seller/api-requests', label: 'apiRequests', icon: <ApiOutlined />, needs: 'api-request.view' },
      ],
    },
    {
      name: 'money',
      entries: [
        transactionDetails('seller'),
        { to: '/seller/bills', label: 'bills', icon: <AccountBookOutlined />, needs: 'settlement.view' },
        { to: '/seller/invoices', label: 'invoices', icon: <AuditOutlined />, needs: 'invoice.view' },
        { to: '/seller/income', label: 'income', icon: <BarChartOutlined />, needs: 'settlement.view' },
        { to: '/seller/bank-account', label: 'bankAccount', icon: <BankOutlined />, needs: 'bank.own' },
        { to: '/seller/agreement', label: 'sellerAgreement', icon: <SolutionOutlined />, needs: 'agreement.view' },
        tableExports('seller'),
      ],
    },
    {
      name: 'account',
      entries: [
        receivers,
        members,
        { to: '/seller/leaving', label: 'leaving', icon: <LogoutOutlined />, needs: 'leaving.view' },
        market,
      ],
    },
  ],
  distributor: [
    {
      name: null,
      entries: [
        { to: '/distributor/commissions', label: 'commissions', icon: <BarChartOutlined />, needs: 'commission.view' },
        {
          to: '/distributor/bills',
          label: 'ownCommissionBills',
          icon: <AccountBookOutlined />,
          needs: 'commission.view',
        },
        { to: '/distributor/demands', label: 'demands', icon: <SolutionOutlined />, needs: 'demand.share' },
        tableExports('distributor'),
        receivers,
        market,
      ],
    },
  ],
  operator: [
    {
      name: null,
      entries: [
        { to: '/operator', label: 'overview', icon: <DashboardOutlined />, exact: true, needs: 'overview.view' },
      ],
    },
    {
      name: 'goods',
      entries: [
        { to: '/operator/reviews', label: 'productReviews', icon: <AuditOutlined />, needs: 'catalog.review' },
        { to: '/operator/products', label: 'allProducts', icon: <ShoppingOutlined />, needs: 'catalog.inspect' },
        { to: '/operator/assets', label: 'assets', icon: <FileZipOutlined />, needs: 'catalog.inspect' },
        { to: '/operator/offers', label: 'offerApprovals', icon: <GiftOutlined />, needs: 'offer.approve' },
        { to: '/operator/opinions', label: 'sellerReviews', icon: <StarOutlined />, needs: 'opinion.hide' },
      ],
    },
    {
      name: 'customers',
      entries: [
        { to: '/operator/orders', label: 'customerOrders', icon: <FileTextOutlined />, needs: 'order.view' },
        ...lives('operator'),
        { to: '/operator/usage', label: 'usage', icon: <BarChartOutlined />, needs: 'usage.inspect' },
        activity('operator'),
      ],
    },
    {
      name: 'money',
      entries: [
        { to: '/operator/settlement', label: 'billRuns', icon: <CalculatorOutlined />, needs: 'settlement.inspect' },
        { to: '/operator/bills', label: 'allBills', icon: <AccountBookOutlined />, needs: 'settlement.inspect' },
        { to: '/operator/payout', label: 'payout', icon: <MoneyCollectOutlined />, needs: 'settlement.inspect' },
        { to: '/operator/invoices', label: 'invoices', icon: <AuditOutlined />, needs: 'invoice.view' },
        { to: '/operator/wallets', label: 'wallets', icon: <WalletOutlined />, needs: 'wallet.inspect' },
        transactionDetails('operator'),
        { to: '/operator/ledger', label: 'ledger', icon: <BankOutlined />, needs: 'ledger.view' },
        tableExports('operator'),
      ],
    },
    {
      name: 'agreements',
      entries: [
        {
          to: '/operator/commission-bills',
          label: 'commissionBills',
          icon: <AccountBookOutlined />,
          needs: 'settlement.inspect',
        },
        { to: '/operator/partners', label: 'partners', icon: <ApartmentOutlined />, needs: 'settlement.inspect' },
        {
          to: '/operator/seller-agreements',
          label: 'sellerAgreement',
          icon: <SolutionOutlined />,
          needs: 'settlement.inspect',
        },
        { to: '/operator/trade-terms', label: 'tradeTerms', icon: <PercentageOutlined />, needs: 'settlement.inspect' },
        { to: '/operator/working-days', label: 'workingDays', icon: <CalendarOutlined />, needs: 'settlement.inspect' },
      ],
    },
    {
      name: 'interfaces',
      entries: [
        { to: '/operator/calls', label: 'calls', icon: <ApiOutlined />, needs: 'call.view' },
        { to: '/operator/probes', label: 'probes', icon: <ThunderboltOutlined />, needs: 'probe.view' },
        { to: '/operator/tasks', label: 'tasks', icon: <ScheduleOutlined />, needs: 'task.view' },
        { to: '/operator/outbox', label: 'outbox', icon: <MailOutlined />, needs: 'outbox.view' },
      ],
    },
    {
      name: 'account',
      entries: [
        { to: '/operator/tenants', label: 'tenants', icon: <SolutionOutlined />, needs: 'tenant.view' },
        { to: '/operator/leavings', label: 'leavings', icon: <LogoutOutlined />, needs: 'leaving.inspect' },
        members,
        { to: '/operator/audit', label: 'audit', icon: <FileSearchOutlined />, needs: 'audit.view' },
        market,
      ],
    },
  ],
};
