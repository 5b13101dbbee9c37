/**
 * The permission matrix (consoles-and-processes.md 6.2), as far as this program has the actions, and the one place
 * where a role turns into what it may see. x = all of the tenant, o = own or assigned objects only.
 */
export const ROLES = [
  'BO',
  'BP',
  'BV',
  'BF',
  'EA',
  'EB',
  'EM',
  'ED',
  'SO',
  'SP',
  'SD',
  'SS',
  'SF',
  'DO',
  'OR',
  'OM',
  'OF',
  'OC',
  'OA',
  'OS',
] as const;
export type Role = (typeof ROLES)[number];
export type Area = 'buyer' | 'enterprise' | 'seller' | 'distributor' | 'operator';

/** Whoever is signed in. */
export interface Principal {
  readonly userId: string;
  readonly loginName: string;
  readonly displayName: string;
  readonly role: Role;
  readonly buyerId: string | null;
  readonly sellerId: string | null;
  readonly distributorId: string | null;
  readonly tenantName: string | null;
  /** the password is still the one that somebody else made: nothing is done before it is changed (E-13) */
  readonly passwordInitial?: true;
  /** a code of an authenticator app is asked for at each sign-in */
  readonly secondFactor?: true;
  /** the seller has left the marketplace: what is past is read, what a buyer still asks is answered (S4-7) */
  readonly left?: true;
  /** who the person is was told by the company's identity provider, not by a password */
  readonly signedInBy?: 'OIDC';
  /** products a seller's sub-user was given (S-11); empty for everyone else */
  readonly grantedGoods: readonly string[];
}

const MATRIX = {
  // the market is open to whoever is signed in
  'product.view': `${ROLES.join(':x ')}:x`,
  'order.create': 'BO:x BP:o',
  'order.cancel': 'BO:x BP:o',
  'order.pay': 'BO:x BP:o BF:x',
  'order.view': 'BO:x BP:o BV:x BF:x SO:x SP:o SD:o SS:o SF:x OM:x OF:x OA:x',
  'wallet.view': 'BO:x BP:x BF:x',
  'wallet.top-up': 'BO:x BF:x',
  // buyers' coupons, cards and credit: given and taken back by the operator's finance
  'wallet.inspect': 'OF:x OA:x',
  'wallet.grant': 'OF:x',
  'instance.view': 'BO:x BP:o BV:x',
  'password.reveal': 'BO:x BP:o',
  // running services as a list, without their access data
  'instance.list': 'BO:x BP:o BV:x BF:x SO:x SP:o SD:x SS:x SF:x OM:x OA:x',
  // who bought of a seller, how much: what "See orders" shows, added up
  'customer.view': 'SO:x SP:o SD:o SS:o SF:x OM:x OF:x OA:x',
  'instance.renew': 'BO:x BP:o BF:x',
  // of the account, so of those who may renew all of its services
  'renewal.settings': 'BO:x BF:x',
  'instance.unsubscribe': 'BO:x',
  'instance.freeze': 'OM:x',
  'refund.view': 'BO:x BF:x SO:x SD:o SF:x OM:x OF:x OA:x',
  'refund.decide': 'SO:x SD:o OM:x',
  'call.view': 'SO:x SP:o SD:x OM:x OA:x',
  'call.restart': 'SO:x SP:o SD:x OM:x',
  // stop a call, or say that it was done by hand
  'call.close': 'SO:x SP:o SD:x OM:x',
  'debug.use': 'SO:x SP:o SD:x OM:x',
  'address.manage': 'SO:x SD:x',
  'probe.view': 'SO:x SP:o SD:x OM:x OA:x',
  'difference.view': 'SO:x SP:o SD:x OM:x OA:x',
  // ask the seller now: what a restarted call asks too
  'difference.compare': 'SO:x SP:o SD:x OM:x',
  'product.freeze': 'OM:x',
  // create, change, hide, remove products; their assets
  'catalog.manage': 'SO:x SP:o',
  'catalog.review': 'OR:x OM:x',
  // a product behind its page: sales, versions, prices, what hides it
  'catalog.inspect': 'SO:x SP:o SD:o SS:o SF:x OR:x OM:x OA:x',
  // sale object, limit, stock, trial list, credit switch
  'sales.manage': 'SO:x SP:o SS:x OM:x',
  'offer.manage': 'SO:x SS:x',
  // private offers and their state: the seller's own, for the operator who approves all
  'offer.view': 'SO:x SS:x OM:x',
  'offer.approve': 'OM:x',
  // a service provider asks sellers for an offer to its customer, and sees what became of it (S9-3)
  'demand.share': 'DO:x',
  // offers and vouchers that a buyer has
  'offer.use': 'BO:x BP:x BF:x',
  // reviews, questions, favourites
  'opinion.write': 'BO:x BP:x',
  'opinion.answer': 'SO:x SP:o SD:x SS:o',
  'opinion.hide': 'OM:x OC:x',
  'delivery.view': 'BO:x BP:o BV:x SO:x SP:o SD:o OM:x OA:x',
  // pick up, download, show, accept
  'delivery.receive': 'BO:x BP:o',
  // hand over, ship, upload proofs
  'delivery.make': 'SO:x SD:o',
  // appeal, and state something on an appeal
  'supervision.act': 'BO:x BP:o SO:x SD:o',
  // decide appeals, review reports of acceptance
  'supervision.decide': 'OM:x',
  // transaction details, bills, exports
  'settlement.view': 'SO:x SF:x OF:x OA:x',
  // all sellers' periods and bills
  'settlement.inspect': 'OF:x OA:x',
  // run and release settlement, adjust
  'settlement.run': 'OF:x',
  'settlement.decide': 'OF:x',
  // set up an enterprise; the distributor role does it for customers, and then only reads (X13)
  'enterprise.create': 'BO:x ED:x',
  // a buyer's enterprises: dissolve, bind an application
  'enterprise.manage': 'BO:x',
  // those that the person owns or administers
  'enterprise.view': 'BO:x EA:x EB:o ED:o OM:x OA:x',
  'enterprise.invite': 'BO:x EA:o ED:o',
  // business administrators and their scopes (E-15a)
  'enterprise.appoint': 'EA:x',
  'enterprise.join': 'EA:x EB:x',
  // departments and members; of a business administrator those of the own scope
  'people.manage': 'EA:x EB:o',
  // files of people in and out; of a business administrator those of the own departments
  'people.import': 'EA:x EB:o',
  // named sets of members; of a business administrator those whose members and applications are all in the own scope
  'people.group': 'EA:x EB:o',
  // what is of the whole directory: passwords in bulk, identity providers
  'people.exchange': 'EA:x',
  'application.authorise': 'EA:x EB:o',
  // bindings of applications and what was synchronised
  'sync.view': 'BO:x EA:x EB:o ED:o OM:x OA:x',
  'sync.decide': 'BO:x EA:x EB:o OM:x',
  // how an application takes in enterprises: key, address, callback
  'credential.manage': 'SO:x SD:x',
  // invoices to buyers: look, ask and return, issue; a seller's own: to the marketplace, of the platform fee, what it offers
  'invoice.view': 'BO:x BF:x SO:x SF:x OF:x OA:x',
  'invoice.request': 'BO:x BF:x',
  'invoice.issue': 'SO:x SF:x OF:x',
  'invoice.own': 'SO:x SF:x',
  // where a seller is paid to: part of its data, so of the main account alone
  'bank.own': 'SO:x',
  // who uses joint-operation products
  'activity.view': 'SO:x SP:o SD:o SS:x SF:x OM:x OC:x OA:x',
  // what was paid and given back
  'spending.view': 'BO:x BF:x',
  // tables as files; what a table holds asks for its own action
  'export.use': 'BO:x BF:x EA:x SO:x SP:x SD:x SS:x SF:x DO:x OM:x OF:x OA:x',
  // what distributors, service providers and resellers earn (settlement.md 3.4 – 3.6)
  'commission.view': 'DO:x OF:x OA:x',
  // a distributor confirms its bills or rejects them (4.6)
  'commission.decide': 'DO:x',
  // the agreement with the marketplace: read it; the main account accepts it (S2-2)
  'agreement.view': 'SO:x SP:x SD:x SS:x SF:x',
  'agreement.accept': 'SO:x',
  // leaving the marketplace (S4-7): what hinders it, and the application
  'leaving.view': 'SO:x SF:x',
  'leaving.apply': 'SO:x',
  'leaving.inspect': 'OR:x OM:x OF:x OA:x',
  'leaving.decide': 'OR:x OM:x',
  // the books: trial balance, accounts, statements, the chain of seals
  'ledger.view': 'OF:x OA:x',
  'ledger.close': 'OF:x',
  'file.keep': `${ROLES.join(':x ')}:x`,
  'message.view': `${ROLES.join(':x ')}:x`,
  'receiver.manage': 'BO:x SO:x DO:x',
  // sub-users of a tenant and their roles; the marketplace's own people
  'account.manage': 'BO:x SO:x OS:x',
  // second factors that were lost, of whoever it is
  'account.recover': 'OS:x',
  // who did what; of OS the own entries (`audit-routes.ts`)
  'audit.view': 'OA:x OS:x',
  // buyers and sellers with their main accounts
  'tenant.view': 'OR:x OM:x OA:x',
  'tenant.open': 'OR:x OM:x',
  // the Open API: keys and the log of calls; usage and its charges
  'api-key.manage': 'SO:x SD:x',
  'api-request.view': 'SO:x SD:x OM:x OA:x OS:x',
  'usage.view': 'BO:x BP:o BV:x BF:x SO:x SP:o SD:x SF:x OM:x OF:x OA:x',
  'usage.rejections': 'SO:x SD:x',
  // packages with what is left of them; when to be warned of the account
  'usage.packages': 'BO:x BP:o BV:x BF:x',
  'usage.alarms': 'BO:x BF:x',
  // usage over all sellers: what waits for repair
  'usage.inspect': 'OM:x OF:x OA:x',
  // reversal of charges, prices of what had none, rating anew
  'usage.correct': 'OF:x',
  'outbox.view': 'OM:x OA:x OS:x',
  'overview.view': 'OM:x OF:x OA:x',
  'task.view': 'OM:x OA:x',
  'task.restart': 'OM:x',
};
export type Action = keyof typeof MATRIX;

const table = new Map<string, Map<string, string>>(
  Object.entries(MATRIX).map(([action, row]) => [
    action,
    new Map(row.split(' ').map((cell) => [cell.slice(0, 2), cell.slice(3)] as const)),
  ]),
);

/** What of the marketplace's objects an action reaches; stores turn it into a condition, so foreign objects are "not found" (P-2). */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'buyer'; readonly buyerId: string; readonly placedBy: string | null }
  | { readonly kind: 'seller'; readonly sellerId: string; readonly goodsIds: readonly string[] | null };

/** What is left to the people of a seller that has left: they read what is past (S4-7). */
const READ_AFTER_LEAVING: readonly Action[] = [
  'product.view',
  'order.view',
  'refund.view',
  'customer.view',
  'instance.list',
  'delivery.view',
  'call.view',
  'usage.view',
  'settlement.view',
  'invoice.view',
  'agreement.view',
  'leaving.view',
];
/** … and do what buyers can still ask of it: late refunds, returned invoices; besides their own tables and messages. */
const DONE_AFTER_LEAVING: readonly Action[] = [
  'refund.decide',
  'invoice.issue',
  'export.use',
  'message.view',
  'file.keep',
];
/** Whether a command is still open to this person. */
export const mayStillDo = (principal: Principal, action: Action): boolean =>
  principal.left !== true || DONE_AFTER_LEAVING.includes(action);
const isOpen = ({ left }: Pick<Principal, 'left'>, action: Action): boolean =>
  left !== true || READ_AFTER_LEAVING.includes(action) || DONE_AFTER_LEAVING.includes(action);

/** @returns null = the role may not do this at all */
export function scopeOf(principal: Principal, action: Action): Scope | null {
  if (!isOpen(principal, action)) return null;
  const grant = table.get(action)?.get(principal.role);
  if (grant === undefined) return null;
  const area = areaOf(principal.role);
  if (area === 'operator') return { kind: 'all' };
  if ((area === 'buyer' || area === 'enterprise') && principal.buyerId !== null) {
    return { kind: 'buyer', buyerId: principal.buyerId, placedBy: grant === 'o' ? principal.userId : null };
  }
  if (area === 'seller' && principal.sellerId !== null) {
    return { kind: 'seller', sellerId: principal.sellerId, goodsIds: grant === 'o' ? principal.grantedGoods : null };
  }
  return area === 'distributor' && principal.distributorId !== null ? NOTHING : null;
}

/**
 * A distributor's people reach no object of a buyer or a seller; commissions are found by `principal.distributorId`. As the
 * narrowest scope there is, it opens nothing where it is not expected.
 */
const NOTHING: Scope = { kind: 'seller', sellerId: '', goodsIds: [] };

export function actionsOf(role: Role): Action[] {
  return ACTIONS.filter((action) => table.get(action)?.has(role));
}
export const actionsOpenTo = (principal: Pick<Principal, 'role' | 'left'>): Action[] =>
  actionsOf(principal.role).filter((action) => isOpen(principal, action));

export const ACTIONS: readonly Action[] = Object.keys(MATRIX).filter((key): key is Action => key in MATRIX);

export function areaOf(role: Role): Area {
  if (role.startsWith('S')) return 'seller';
  if (role.startsWith('O')) return 'operator';
  if (role.startsWith('D')) return 'distributor';
  return role.startsWith('E') ? 'enterprise' : 'buyer';
}

export function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text);
}
