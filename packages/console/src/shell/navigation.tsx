import {
  ApiOutlined,
  AppstoreOutlined,
  CloudServerOutlined,
  DashboardOutlined,
  FileTextOutlined,
  ScheduleOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Area } from './areas.ts';

/** The area's pages. The router marks the current one (`aria-current`). */
export function Navigation({ area, onFollow }: { area: Area; onFollow?: () => void }) {
  const { t } = useTranslation();
  return (
    <ul className="nav">
      {entries[area].map((entry) => (
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
    | '/orders'
    | '/enterprise'
    | `/seller/${'calls' | 'orders' | 'services'}`
    | '/operator'
    | `/operator/${'orders' | 'services' | 'calls' | 'tasks'}`;
  readonly label:
    | 'market'
    | 'orders'
    | 'services'
    | 'enterprise'
    | 'calls'
    | 'customerOrders'
    | 'instances'
    | 'overview'
    | 'tasks';
  readonly icon: ReactNode;
  /** true where the path is the beginning of its neighbours' */
  readonly exact?: boolean;
}

const market: Entry = { to: '/', label: 'market', icon: <AppstoreOutlined />, exact: true };
const enterprise: Entry = { to: '/enterprise', label: 'enterprise', icon: <TeamOutlined /> };

const entries: Readonly<Record<Area, readonly Entry[]>> = {
  buyer: [
    market,
    { to: '/services', label: 'services', icon: <CloudServerOutlined /> },
    { to: '/orders', label: 'orders', icon: <FileTextOutlined /> },
    enterprise,
  ],
  enterprise: [enterprise, market],
  seller: [
    { to: '/seller/calls', label: 'calls', icon: <ApiOutlined /> },
    { to: '/seller/orders', label: 'customerOrders', icon: <FileTextOutlined /> },
    { to: '/seller/services', label: 'instances', icon: <CloudServerOutlined /> },
    market,
  ],
  operator: [
    { to: '/operator', label: 'overview', icon: <DashboardOutlined />, exact: true },
    { to: '/operator/orders', label: 'customerOrders', icon: <FileTextOutlined /> },
    { to: '/operator/services', label: 'instances', icon: <CloudServerOutlined /> },
    { to: '/operator/calls', label: 'calls', icon: <ApiOutlined /> },
    { to: '/operator/tasks', label: 'tasks', icon: <ScheduleOutlined /> },
    market,
  ],
};
