/** Each role may do exactly what the matrix of consoles-and-processes.md 6.2 says, and reaches its own tenant only (P-1, P-2). */
import { describe, expect, it } from 'vitest';
import {
  ACTIONS,
  type Action,
  actionsOf,
  actionsOpenTo,
  areaOf,
  isRole,
  mayStillDo,
  type Principal,
  ROLES,
  type Role,
  scopeOf,
} from './permissions.ts';

// The rows of the matrix that this program serves, in the columns of the specification. ED and DO are not in its table.
const COLUMNS = 'BO BP BV BF EA EB EM SO SP SD SS SF OR OM OF OC OA OS';
const TABLE: Readonly<Record<Exclude<Action, 'product.view' | 'message.view' | 'file.keep'>, string>> = {
  //                  BO BP BV BF EA EB EM SO SP SD SS SF OR OM OF OC OA OS
  'order.create': '   x  o  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  'order.cancel': '   x  o  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  'order.pay': '      x  o  -  x  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  'order.view': '     x  o  x  x  -  -  -  x  o  o  o  x  -  x  x  -  x  -',
  // no rows of their own in the specification: who pays sees the wallet, the owner and finance fill it
  'wallet.view': '    x  x  -  x  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  'wallet.top-up': '  x  -  -  x  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  // no rows of their own: money and coupons of buyers are the matter of "Run and release settlement"
  'wallet.inspect': ' -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  -  x  -',
  'wallet.grant': '   -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  -  -  -',
  // no rows of their own: programs of a seller are their developers' matter, money that of finance
  'api-key.manage': '-  -  -  -  -  -  -  x  -  x  -  -  -  -  -  -  -  -',
  'api-request.view': '-  -  -  -  -  -  -  x  -  x  -  -  -  x  -  -  x  x',
  'usage.view': 'x  o  x  x  -  -  -  x  o  x  -  x  -  x  x  -  x  -',
  'usage.rejections': '-  -  -  -  -  -  -  x  -  x  -  -  -  -  -  -  -  -',
  'usage.correct': '-  -  -  -  -  -  -  -  -  -  -  -  -  -  x  -  -  -',
  'usage.packages': 'x  o  x  x  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  'usage.alarms': 'x  -  -  x  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  'usage.inspect': '-  -  -  -  -  -  -  -  -  -  -  -  -  x  x  -  x  -',
  'instance.view': '  x  o  x  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  'password.reveal': 'x  o  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  // no rows of their own: the services of "See orders" without their access data
  'instance.list': '  x  o  x  x  -  -  -  x  o  x  x  x  -  x  -  -  x  -',
  // no row of its own: the seller's and operators' part of "See orders", added up
  'customer.view': '  -  -  -  -  -  -  -  x  o  o  o  x  -  x  x  -  x  -',
  'instance.renew': ' x  o  -  x  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  'renewal.settings': 'x  -  -  x  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  'instance.unsubscribe': 'x - -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  'instance.freeze': '-  -  -  -  -  -  -  -  -  -  -  -  -  x  -  -  -  -',
  'refund.view': '    x  -  -  x  -  -  -  x  -  o  -  x  -  x  x  -  x  -',
  'refund.decide': '  -  -  -  -  -  -  -  x  -  o  -  -  -  x  -  -  -  -',
  'call.close': '     -  -  -  -  -  -  -  x  o  x  -  -  -  x  -  -  -  -',
  'debug.use': '      -  -  -  -  -  -  -  x  o  x  -  -  -  x  -  -  -  -',
  'address.manage': ' -  -  -  -  -  -  -  x  -  x  -  -  -  -  -  -  -  -',
  'probe.view': '     -  -  -  -  -  -  -  x  o  x  -  -  -  x  -  -  x  -',
  'difference.view': '-  -  -  -  -  -  -  x  o  x  -  -  -  x  -  -  x  -',
  'difference.compare': '-  -  -  -  -  -  -  x  o  x  -  -  -  x  -  -  -  -',
  'product.freeze': ' -  -  -  -  -  -  -  -  -  -  -  -  -  x  -  -  -  -',
  'catalog.manage': ' -  -  -  -  -  -  -  x  o  -  -  -  -  -  -  -  -  -',
  'catalog.review': ' -  -  -  -  -  -  -  -  -  -  -  -  x  x  -  -  -  -',
  // no row of its own: who may see or decide something of the product sees it from behind
  'catalog.inspect': '-  -  -  -  -  -  -  x  o  o  o  x  x  x  -  -  x  -',
  'sales.manage': '   -  -  -  -  -  -  -  x  o  -  x  -  -  x  -  -  -  -',
  'offer.manage': '   -  -  -  -  -  -  -  x  -  -  x  -  -  -  -  -  -  -',
  'offer.view': '     -  -  -  -  -  -  -  x  -  -  x  -  -  x  -  -  -  -',
  'offer.approve': '  -  -  -  -  -  -  -  -  -  -  -  -  -  x  -  -  -  -',
  'offer.use': '      x  x  -  x  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  'opinion.write': '  x  x  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  'opinion.answer': ' -  -  -  -  -  -  -  x  o  x  o  -  -  -  -  -  -  -',
  'opinion.hide': '   -  -  -  -  -  -  -  -  -  -  -  -  -  x  -  x  -  -',
  // what was handed over: the buyer's own, the seller's, those who settle disputes
  'delivery.view': '  x  o  x  -  -  -  -  x  o  o  -  -  -  x  -  -  x  -',
  'delivery.receive': 'x o  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  'delivery.make': '  -  -  -  -  -  -  -  x  -  o  -  -  -  -  -  -  -  -',
  'supervision.act': 'x  o  -  -  -  -  -  x  -  o  -  -  -  -  -  -  -  -',
  'supervision.decide': '- - - -  -  -  -  -  -  -  -  -  -  x  -  -  -  -',
  // "Create, dissolve enterprise; bind application", "Invite administrators"; who has a part in an enterprise sees it
  // of its own for the distributor role (ED, below)
  'enterprise.create': 'x -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  'enterprise.manage': 'x -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  'enterprise.view': ' x  -  -  -  x  o  -  -  -  -  -  -  -  x  -  -  x  -',
  'enterprise.invite': 'x -  -  -  o  -  -  -  -  -  -  -  -  -  -  -  -  -',
  // no row of its own: E-15a, appointed by the enterprise administrator
  'enterprise.appoint': '- -  -  -  x  -  -  -  -  -  -  -  -  -  -  -  -  -',
  'enterprise.join': ' -  -  -  -  x  x  -  -  -  -  -  -  -  -  -  -  -  -',
  'people.manage': '  -  -  -  -  x  o  -  -  -  -  -  -  -  -  -  -  -  -',
  'people.import': '  -  -  -  -  x  o  -  -  -  -  -  -  -  -  -  -  -  -',
  // the part of the row above that is of the whole directory, whatever the scope
  'people.group': '-  -  -  -  x  o  -  -  -  -  -  -  -  -  -  -  -  -',
  'people.exchange': '-  -  -  -  x  -  -  -  -  -  -  -  -  -  -  -  -  -',
  'application.authorise': '- - -  -  x  o  -  -  -  -  -  -  -  -  -  -  -  -',
  'sync.view': '      x  -  -  -  x  o  -  -  -  -  -  -  -  x  -  -  x  -',
  // both rows of the matrix; which of them a task falls under is asked of the task (E-22, E-23)
  'sync.decide': '    x  -  -  -  x  o  -  -  -  -  -  -  -  x  -  -  -  -',
  // "Keys, production addresses, credentials"
  'credential.manage': '- - -  -  -  -  -  x  -  x  -  -  -  -  -  -  -  -',
  // no row of its own: who sees orders or transaction details from the selling side, and who exports members
  'export.use': '     x  -  -  x  x  -  -  x  x  x  x  x  -  x  x  -  x  -',
  // "Ask for an invoice", "Issue an invoice", and who sees what either of them does; the marketplace issues too (B-102)
  'invoice.view': '   x  -  -  x  -  -  -  x  -  -  -  x  -  -  x  -  x  -',
  'invoice.request': 'x  -  -  x  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  'invoice.issue': '  -  -  -  -  -  -  -  x  -  -  -  x  -  -  x  -  -  -',
  'invoice.own': '    -  -  -  -  -  -  -  x  -  -  -  x  -  -  -  -  -  -',
  // "Seller data"
  'bank.own': '       -  -  -  -  -  -  -  x  -  -  -  -  -  -  -  -  -  -',
  // no row of its own: who asks for the invoices of it
  'activity.view': '  -  -  -  -  -  -  -  x  o  o  x  x  -  x  -  x  x  -',
  'spending.view': '  x  -  -  x  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  'receiver.manage': 'x  -  -  -  -  -  -  x  -  -  -  -  -  -  -  -  -  -',
  // "Seller data, sub-users, receivers", the same of a buyer's main account, and "Users and roles of operators"
  'account.manage': ' x  -  -  -  -  -  -  x  -  -  -  -  -  -  -  -  -  x',
  'account.recover': '-  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x',
  // o for OS in the specification: an operator's scope is everything, the route narrows it to the own entries
  'audit.view': '     -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  x',
  // "Review seller, certification": who lets sellers and buyers in, and the auditor
  'tenant.view': '    -  -  -  -  -  -  -  -  -  -  -  -  x  x  -  -  x  -',
  'tenant.open': '    -  -  -  -  -  -  -  -  -  -  -  -  x  x  -  -  -  -',
  'outbox.view': '    -  -  -  -  -  -  -  -  -  -  -  -  -  x  -  -  x  x',
  // "Debug, restart failed calls"; whoever may restart sees, the auditor reads
  'call.view': '      -  -  -  -  -  -  -  x  o  x  -  -  -  x  -  -  x  -',
  'call.restart': '   -  -  -  -  -  -  -  x  o  x  -  -  -  x  -  -  -  -',
  'settlement.view': '-  -  -  -  -  -  -  x  -  -  -  x  -  -  x  -  x  -',
  // the operators' columns of the row above
  'settlement.inspect': '- - -  -  -  -  -  -  -  -  -  -  -  -  x  -  x  -',
  'settlement.run': ' -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  -  -  -',
  'settlement.decide': '- - -  -  -  -  -  -  -  -  -  -  -  -  x  -  -  -',
  // what distributors earn: their own people (DO, below), and those who inspect settlement
  'commission.view': '-  -  -  -  -  -  -  -  -  -  -  -  -  -  x  -  x  -',
  // S2-2: no row of its own: all of a seller read it, the main account binds the seller
  'agreement.view': ' -  -  -  -  -  -  -  x  x  x  x  x  -  -  -  -  -  -',
  'agreement.accept': '-  -  -  -  -  -  -  x  -  -  -  -  -  -  -  -  -  -',
  // a distributor's own people alone
  'demand.share': '   -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  'commission.decide': '-  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -',
  // no rows of their own: the main account leaves, its finance settles what hinders; "Review seller" decides
  'leaving.view': '   -  -  -  -  -  -  -  x  -  -  -  x  -  -  -  -  -  -',
  'leaving.apply': '  -  -  -  -  -  -  -  x  -  -  -  -  -  -  -  -  -  -',
  'leaving.inspect': '-  -  -  -  -  -  -  -  -  -  -  -  x  x  x  -  x  -',
  'leaving.decide': ' -  -  -  -  -  -  -  -  -  -  -  -  x  x  -  -  -  -',
  'ledger.view': '    -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  -  x  -',
  'ledger.close': '   -  -  -  -  -  -  -  -  -  -  -  -  -  -  x  -  -  -',
  'overview.view': '  -  -  -  -  -  -  -  -  -  -  -  -  -  x  x  -  x  -',
  'task.view': '      -  -  -  -  -  -  -  -  -  -  -  -  -  x  -  -  x  -',
  'task.restart': '   -  -  -  -  -  -  -  -  -  -  -  -  -  x  -  -  -  -',
};
/** whoever is signed in */
const EVERYONE: readonly Action[] = ['product.view', 'message.view', 'file.keep'];
const expected = new Map(
  Object.entries(TABLE).map(([action, row]) => {
    const cells = row.trim().split(/\s+/);
    return [action, new Map(COLUMNS.split(' ').map((role, index) => [role, cells[index] ?? '?']))] as const;
  }),
);

function principal(role: Role, changes: Partial<Principal> = {}): Principal {
  const area = areaOf(role);
  return {
    userId: 'me',
    loginName: 'me',
    displayName: 'Me',
    role,
    buyerId: area === 'buyer' || area === 'enterprise' ? 'buyer-1' : null,
    sellerId: area === 'seller' ? 'seller-1' : null,
    distributorId: area === 'distributor' ? 'distributor-1' : null,
    tenantName: null,
    grantedGoods: ['goods-1'],
    ...changes,
  };
}
/** x, o or –, told from what the scope reaches. */
function cellOf(role: Role, action: Action): string {
  const scope = scopeOf(principal(role), action);
  if (scope === null) return '-';
  if (scope.kind === 'all') return 'x';
  if (scope.kind === 'buyer') return scope.placedBy === null ? 'x' : 'o';
  return scope.goodsIds === null ? 'x' : 'o';
}

describe('the permission matrix', () => {
  const cells = ACTIONS.filter((action) => !EVERYONE.includes(action)).flatMap((action) =>
    ROLES.filter((role) => role !== 'ED' && role !== 'DO').map((role) => [role, action] as const),
  );

  it('has every action and every role of the table', () => {
    expect(new Set(ACTIONS)).toEqual(new Set([...EVERYONE, ...expected.keys()]));
    expect(new Set(ROLES)).toEqual(new Set([...COLUMNS.split(' '), 'ED', 'DO']));
  });

  it.each(cells)('%s %s', (role, action) => {
    expect(cellOf(role, action)).toBe(expected.get(action)?.get(role));
    expect(actionsOf(role).includes(action)).toBe(cellOf(role, action) !== '-');
  });

  it('lets whoever is signed in look at the market, and a distributor nothing else here', () => {
    for (const role of ROLES) expect(scopeOf(principal(role), 'product.view')).not.toBeNull();
    const own: Action[] = ['enterprise.create', 'enterprise.view', 'enterprise.invite', 'sync.view'];
    expect(actionsOf('ED').toSorted()).toEqual([...EVERYONE, ...own].toSorted());
  });
});

it('S3-16: a distributor’s people see commissions and export them, name who is told, and reach no order, product or seller by it', () => {
  expect(actionsOf('DO').toSorted()).toEqual(
    [...EVERYONE, 'commission.decide', 'commission.view', 'demand.share', 'export.use', 'receiver.manage'].toSorted(),
  );
  expect(scopeOf(principal('DO'), 'commission.view')).toEqual({ kind: 'seller', sellerId: '', goodsIds: [] });
  expect(scopeOf(principal('DO'), 'settlement.view')).toBeNull();
  expect(scopeOf(principal('DO', { distributorId: null }), 'commission.view')).toBeNull();
});

describe('S4-7: people of a seller that has left', () => {
  const left = principal('SO', { left: true });

  it('read what is past, and answer what buyers still ask', () => {
    const open = actionsOpenTo(left);
    expect(open).toEqual(expect.arrayContaining(['order.view', 'settlement.view', 'invoice.view', 'leaving.view']));
    expect(open.filter((action) => mayStillDo(left, action)).toSorted()).toEqual(
      ['export.use', 'file.keep', 'invoice.issue', 'message.view', 'refund.decide'].toSorted(),
    );
    for (const action of ['catalog.manage', 'api-key.manage', 'account.manage', 'bank.own', 'offer.manage'] as const)
      expect(scopeOf(left, action)).toBeNull();
  });

  it('never may what their role may not', () => {
    for (const role of ROLES.filter((each) => areaOf(each) === 'seller'))
      for (const action of actionsOpenTo(principal(role, { left: true })))
        expect(actionsOf(role).includes(action)).toBe(true);
  });
});

describe('a scope', () => {
  it('is the own tenant, and of o the own or assigned objects', () => {
    expect(scopeOf(principal('BO'), 'order.view')).toEqual({ kind: 'buyer', buyerId: 'buyer-1', placedBy: null });
    expect(scopeOf(principal('BP'), 'order.view')).toEqual({ kind: 'buyer', buyerId: 'buyer-1', placedBy: 'me' });
    expect(scopeOf(principal('SO'), 'order.view')).toEqual({ kind: 'seller', sellerId: 'seller-1', goodsIds: null });
    expect(scopeOf(principal('SP'), 'call.view')).toEqual({
      kind: 'seller',
      sellerId: 'seller-1',
      goodsIds: ['goods-1'],
    });
    expect(scopeOf(principal('OM'), 'order.view')).toEqual({ kind: 'all' });
  });

  it('without grants reaches nothing, rather than everything', () => {
    expect(scopeOf(principal('SS', { grantedGoods: [] }), 'order.view')).toMatchObject({ goodsIds: [] });
  });

  it('is none for a role without its tenant: a mistake in the data opens no door', () => {
    expect(scopeOf(principal('BO', { buyerId: null }), 'order.view')).toBeNull();
    expect(scopeOf(principal('SO', { sellerId: null, buyerId: 'buyer-1' }), 'order.view')).toBeNull();
  });

  it('is given by roles that exist', () => {
    expect(['BO', 'OS'].every(isRole)).toBe(true);
    expect(['', 'bo', 'XX', 'constructor'].some(isRole)).toBe(false);
  });
});
