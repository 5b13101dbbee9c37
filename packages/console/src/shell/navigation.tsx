import {
  ApiOutlined,
  AppstoreOutlined,
  BellOutlined,
  BugOutlined,
  CloudServerOutlined,
  DashboardOutlined,
  DiffOutlined,
  FieldTimeOutlined,
  FileTextOutlined,
  KeyOutlined,
  MailOutlined,
  RollbackOutlined,
  SaveOutlined,
  ScheduleOutlined,
  SendOutlined,
  TeamOutlined,
  ThunderboltOutlined,
} from '@ant-design/icons';
import type { SessionView } from '@jishi/marketplace/console-api';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Action, type Area, may } from './areas.ts';

/** The area's pages that the user may open. The router marks the current one (`aria-current`). */
export function Navigation({ session, onFollow }: { session: SessionView; onFollow?: () => void }) {
  const { t } = useTranslation();
  const open = entries[session.area].filter(({ needs }) => needs === undefined || may(session, needs));
  return (
    <ul className="nav">
      {open.map((entry) => (
        <li key={entry.label}>
          <Link
            to={entry.to}
            activeOptions={{ exact: entry.exact ?? false, includeSearch: false }}
            onClick={() => onFollow?.()}
          >
            {entry.icon}
            {t(`nav.${entry.label}`)}
          </Link>
        </li>
      ))}
    </ul>
  );
}

interface Entry {
  readonly to:
    | '/'
    | '/services'
    | '/renewals'
    | '/refunds'
    | '/orders'
    | '/enterprise'
    | `/seller/${'calls' | 'orders' | 'addresses' | 'order-notices' | 'debugging' | 'cases' | 'probes'}`
    | '/operator'
    | `/operator/${'orders' | 'calls' | 'tasks' | 'outbox' | 'probes'}`
    | `/${'seller' | 'operator'}/${'services' | 'customers' | 'refunds' | 'differences'}`
    | '/messages/receivers';
  readonly label:
    | 'market'
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
    | 'customers'
    | 'customerRefunds'
    | 'differences'
    | 'overview'
    | 'tasks'
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

/** Running services of customers, the same pages for a seller and for operators. */
const lives = (area: 'seller' | 'operator'): readonly Entry[] => [
  { to: `/${area}/services`, label: 'customerServices', icon: <CloudServerOutlined />, needs: 'instance.list' },
  { to: `/${area}/customers`, label: 'customers', icon: <TeamOutlined />, needs: 'customer.view' },
  { to: `/${area}/refunds`, label: 'customerRefunds', icon: <RollbackOutlined />, needs: 'refund.view' },
  { to: `/${area}/differences`, label: 'differences', icon: <DiffOutlined />, needs: 'difference.view' },
];

const entries: Readonly<Record<Area, readonly Entry[]>> = {
  buyer: [
    market,
    { to: '/services', label: 'services', icon: <CloudServerOutlined />, needs: 'instance.view' },
    { to: '/renewals', label: 'renewals', icon: <FieldTimeOutlined />, needs: 'instance.renew' },
    { to: '/orders', label: 'orders', icon: <FileTextOutlined />, needs: 'order.view' },
    { to: '/refunds', label: 'refunds', icon: <RollbackOutlined />, needs: 'refund.view' },
    receivers,
    enterprise,
  ],
  enterprise: [enterprise, market],
  seller: [
    { to: '/seller/calls', label: 'calls', icon: <ApiOutlined />, needs: 'call.view' },
    { to: '/seller/debugging', label: 'debugging', icon: <BugOutlined />, needs: 'debug.use' },
    { to: '/seller/cases', label: 'cases', icon: <SaveOutlined />, needs: 'debug.use' },
    { to: '/seller/probes', label: 'probes', icon: <ThunderboltOutlined />, needs: 'probe.view' },
    { to: '/seller/addresses', label: 'addresses', icon: <KeyOutlined />, needs: 'address.manage' },
    { to: '/seller/order-notices', label: 'orderNotices', icon: <SendOutlined />, needs: 'address.manage' },
    { to: '/seller/orders', label: 'customerOrders', icon: <FileTextOutlined />, needs: 'order.view' },
    ...lives('seller'),
    receivers,
    market,
  ],
  operator: [
    { to: '/operator', label: 'overview', icon: <DashboardOutlined />, exact: true, needs: 'overview.view' },
    { to: '/operator/orders', label: 'customerOrders', icon: <FileTextOutlined />, needs: 'order.view' },
    ...lives('operator'),
    { to: '/operator/calls', label: 'calls', icon: <ApiOutlined />, needs: 'call.view' },
    { to: '/operator/probes', label: 'probes', icon: <ThunderboltOutlined />, needs: 'probe.view' },
    { to: '/operator/tasks', label: 'tasks', icon: <ScheduleOutlined />, needs: 'task.view' },
    { to: '/operator/outbox', label: 'outbox', icon: <MailOutlined />, needs: 'outbox.view' },
    market,
  ],
};
