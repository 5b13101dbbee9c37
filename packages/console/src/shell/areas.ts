import type { SessionView } from '@jishi/marketplace/console-api';

/** Which area a path belongs to and who may see it. The server checks every request itself (P-1); this only saves a dead end. */
export type Area = SessionView['area'];

/** Areas that may open `path`; null = everyone, visitors too. */
export function areasFor(path: string): readonly Area[] | null {
  for (const [prefix, areas] of rules) {
    if (path === prefix || path.startsWith(`${prefix}/`)) return areas;
  }
  return null;
}

const rules: readonly (readonly [prefix: string, areas: readonly Area[]])[] = [
  ['/seller', ['seller']],
  ['/distributor', ['distributor']],
  ['/operator', ['operator']],
  // a buyer's owner creates enterprises and appoints their administrators (consoles-and-processes.md 6.2)
  ['/enterprise', ['enterprise', 'buyer']],
  ['/orders', ['buyer']],
  ['/usage', ['buyer']],
  ['/wallet', ['buyer']],
  ['/cashier', ['buyer']],
  ['/services', ['buyer']],
  ['/deliveries', ['buyer']],
  ['/renewals', ['buyer']],
  ['/refunds', ['buyer']],
  ['/invoices', ['buyer']],
  ['/spending', ['buyer']],
  ['/exports', ['buyer']],
  ['/trial', ['buyer']],
  ['/checkout', ['buyer']],
  ['/offers', ['buyer']],
  ['/vouchers', ['buyer']],
  ['/favourites', ['buyer']],
  ['/my-reviews', ['buyer']],
  ['/messages/receivers', ['buyer', 'seller', 'distributor']],
  ['/members', ['buyer', 'seller', 'operator']],
  ['/account', ['buyer', 'enterprise', 'seller', 'distributor', 'operator']],
  ['/sandbox', ['buyer', 'enterprise', 'seller', 'distributor', 'operator']],
  ['/messages', ['buyer', 'enterprise', 'seller', 'distributor', 'operator']],
  ['/search', ['buyer', 'enterprise', 'seller', 'operator']],
];

/** Where a user starts (console.md: buyers at the market, the others at their work): the first page that is open to them. */
export function homeOf(session: SessionView): Home {
  // what is left to a seller that has left is told there (S4-7)
  if (session.left && may(session, 'leaving.view')) return '/seller/leaving';
  const open = homes[session.area].find(({ needs }) => needs === null || may(session, needs));
  return open?.path ?? '/';
}

type Home =
  | '/'
  | '/enterprise'
  | '/distributor/commissions'
  | `/seller/${'calls' | 'orders' | 'leaving'}`
  | '/operator'
  | '/operator/orders';

const homes: Readonly<Record<Area, readonly { readonly path: Home; readonly needs: Action | null }[]>> = {
  buyer: [{ path: '/', needs: null }],
  enterprise: [{ path: '/enterprise', needs: null }],
  seller: [
    { path: '/seller/calls', needs: 'call.view' },
    { path: '/seller/orders', needs: 'order.view' },
  ],
  distributor: [{ path: '/distributor/commissions', needs: 'commission.view' }],
  operator: [
    { path: '/operator', needs: 'overview.view' },
    { path: '/operator/orders', needs: 'order.view' },
  ],
};

/** The path a visitor came from, if it is one of ours: never an address of another site. */
export function safeReturnPath(path: string | undefined): string | null {
  return path !== undefined && /^\/(?![/\\])/.test(path) ? path : null;
}

/** Actions of the permission matrix that the pages explain themselves with (consoles-and-processes.md 6.2). */
export type Action =
  | 'order.create'
  | 'order.pay'
  | 'order.cancel'
  | 'order.view'
  | 'wallet.view'
  | 'wallet.top-up'
  | 'wallet.inspect'
  | 'wallet.grant'
  | 'instance.view'
  | 'instance.list'
  | 'instance.freeze'
  | 'customer.view'
  | 'instance.renew'
  | 'renewal.settings'
  | 'instance.unsubscribe'
  | 'refund.view'
  | 'refund.decide'
  | 'difference.view'
  | 'difference.compare'
  | 'password.reveal'
  | 'call.view'
  | 'call.restart'
  | 'call.close'
  | 'debug.use'
  | 'address.manage'
  | 'api-key.manage'
  | 'api-request.view'
  | 'usage.view'
  | 'usage.alarms'
  | 'usage.inspect'
  | 'usage.correct'
  | 'probe.view'
  | 'product.freeze'
  | 'catalog.manage'
  | 'catalog.review'
  | 'catalog.inspect'
  | 'sales.manage'
  | 'offer.manage'
  | 'offer.approve'
  | 'offer.use'
  | 'demand.share'
  | 'opinion.write'
  | 'opinion.answer'
  | 'opinion.hide'
  | 'delivery.view'
  | 'delivery.receive'
  | 'delivery.make'
  | 'supervision.act'
  | 'supervision.decide'
  | 'ledger.view'
  | 'ledger.close'
  | 'file.keep'
  | 'export.use'
  | 'invoice.view'
  | 'invoice.request'
  | 'invoice.issue'
  | 'invoice.own'
  | 'bank.own'
  | 'activity.view'
  | 'spending.view'
  | 'settlement.view'
  | 'commission.view'
  | 'commission.decide'
  | 'agreement.view'
  | 'agreement.accept'
  | 'leaving.view'
  | 'leaving.apply'
  | 'leaving.inspect'
  | 'leaving.decide'
  | 'settlement.inspect'
  | 'settlement.run'
  | 'settlement.decide'
  | 'enterprise.view'
  | 'enterprise.create'
  | 'enterprise.manage'
  | 'enterprise.invite'
  | 'enterprise.appoint'
  | 'people.manage'
  | 'people.import'
  | 'people.exchange'
  | 'people.group'
  | 'application.authorise'
  | 'sync.decide'
  | 'credential.manage'
  | 'overview.view'
  | 'task.view'
  | 'task.restart'
  | 'message.view'
  | 'receiver.manage'
  | 'account.manage'
  | 'account.recover'
  | 'audit.view'
  | 'tenant.view'
  | 'tenant.open'
  | 'outbox.view';

/** True when the user may do this; the server, which lists the actions with the session, decides in the end. */
export function may(session: SessionView | null | undefined, action: Action): boolean {
  return session?.actions.includes(action) ?? false;
}
