/** Where payees are paid to and from where the marketplace pays; numbers go in and never come out (S2-1, O-2). */
import {
  type AccountOwner,
  type BankAccount,
  bankAccountsOf,
  saveBankAccount,
  sellerCertifications,
} from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { ok, refuse } from '../../platform/result.ts';
import type { Site } from '../../platform/site.ts';
import { auditDone } from './audit.ts';
import * as schemas from './payout-schemas.ts';
import { type ConsoleRoute, command, noQuery, read } from './route.ts';

export const payoutAccountRoutes: ConsoleRoute[] = [
  read({
    path: '/operator/payout/accounts',
    summary: 'The account that is paid from, and those of the payees, without their numbers',
    action: 'settlement.inspect',
    query: noQuery,
    response: schemas.payoutAccounts,
    run: async ({ platform: { db, config } }) => ok({ items: await shownAccounts(db, config.site) }),
  }),
  command({
    path: '/operator/payout/accounts',
    summary: 'Enter or change an account; whoever does so approves no payment to it or from it (O-7)',
    action: 'settlement.decide',
    body: schemas.newPayoutAccount,
    response: schemas.payoutAccounts,
    async run(call, { owner, ...account }, tx) {
      const { platform, principal, now } = call;
      const { keys, config } = platform;
      const { site } = config;
      if (!(await ownersOf(tx, site)).some(({ kind, id }) => kind === owner.kind && id === owner.id))
        return refuse('NOT_FOUND', 'there is no such payee');
      const by = { userId: principal.userId, at: now };
      const saved = await saveBankAccount({ executor: tx, keys, site }, owner, account, by);
      if (!saved.ok) return saved;
      const onBehalfOf = owner.kind === 'PLATFORM' ? {} : { onBehalfOf: `${owner.kind.toLowerCase()}:${owner.id}` };
      await auditDone(call, tx, {
        ...{ action: 'payout.account', object: `account:${saved.value}`, traceId: null },
        ...onBehalfOf,
      });
      return ok({ items: await shownAccounts(tx, site) });
    },
  }),
];

type Owner = AccountOwner & { readonly name: string };
async function ownersOf(executor: Executor, site: Site): Promise<Owner[]> {
  const sellers = await sellerCertifications(executor, site);
  return [
    { kind: 'PLATFORM', id: site, name: site },
    ...sellers.map(({ sellerId, name }): Owner => ({ kind: 'SELLER', id: sellerId, name })),
  ];
}

async function shownAccounts(executor: Executor, site: Site) {
  const owners = await ownersOf(executor, site);
  const accounts = await bankAccountsOf(executor, owners);
  return owners.map((owner) => {
    const found = accounts.find(({ owner: { kind, id } }) => kind === owner.kind && id === owner.id);
    return {
      owner,
      account: found ? { ...masked(found), bankCode: found.bankCode, changedAt: found.changedAt.toISOString() } : null,
    };
  });
}

export async function accountOf(executor: Executor, owner: AccountOwner) {
  const [found] = await bankAccountsOf(executor, [owner]);
  return found ? masked(found) : null;
}
const masked = ({ holder, bankName, tail }: BankAccount) => ({ holder, bankName, tail });
