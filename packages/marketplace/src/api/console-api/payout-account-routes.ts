/** Where payees are paid to and from where the marketplace pays; numbers go in and never come out (S2-1, O-2). */
import {
  type AccountOwner,
  askBankAccount,
  type BankAccount,
  type BankAccountChange,
  bankAccountChanges,
  bankAccountsOf,
  decideBankAccount,
  numberAskedFor,
  saveBankAccount,
  sellerCertifications,
} from '../../directory/index.ts';
import { type Step, sellerKey, sendVerification, verificationAddress, verified } from '../../notification/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { ok, refuse } from '../../platform/result.ts';
import type { Site } from '../../platform/site.ts';
import { auditDone } from './audit.ts';
import { codeSent } from './enterprise-password-schemas.ts';
import * as schemas from './payout-schemas.ts';
import { presentCodeTo } from './present-subscription.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';

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
  ...reviews(),
  ...own(),
];

/** O-2: the operator looks at what a seller entered. */
function reviews(): ConsoleRoute[] {
  return [
    command({
      path: '/operator/payout/accounts/{sellerId}/number',
      summary:
        'The number of an account that waits, for the small transfer; who looked stands in the audit log (O-2, O-50)',
      action: 'settlement.decide',
      body: nothing,
      response: schemas.accountNumber,
      replay: false,
      async run(call, _, tx) {
        const owner = sellerOwner(call);
        const number = await numberAskedFor(tx, call.platform.keys, owner);
        if (number === null) return refuse('BANK_ACCOUNT_CHANGED', 'O-2: no account of this seller waits');
        const seen = { action: 'payout.account-number', object: `account:${owner.kind}:${owner.id}`, traceId: null };
        await auditDone(call, tx, { ...seen, onBehalfOf: `seller:${owner.id}` });
        return ok({ number });
      },
    }),
    command({
      path: '/operator/payout/accounts/{sellerId}/decision',
      summary:
        'Put an account in force that a seller entered, or reject it; whoever does so approves no payment to it (O-2, O-7)',
      action: 'settlement.decide',
      body: schemas.accountDecision,
      response: schemas.payoutAccounts,
      async run(call, { askedAt, approve, reason }, tx) {
        const { platform, principal, now } = call;
        const { site } = platform.config;
        const owner = sellerOwner(call);
        const asked = { owner, askedAt: new Date(askedAt), approve, reason, userId: principal.userId };
        const decided = await decideBankAccount(platform, tx, asked, now);
        if (!decided.ok) return decided;
        const action = approve ? 'payout.account-approve' : 'payout.account-reject';
        const done = { action, object: `account:${decided.value}`, traceId: null };
        await auditDone(call, tx, { ...done, onBehalfOf: `seller:${owner.id}` });
        return ok({ items: await shownAccounts(tx, site) });
      },
    }),
  ];
}

/** S-5, S-13: a seller's own account. */
function own(): ConsoleRoute[] {
  return [
    read({
      path: '/seller/bank-account',
      summary: 'Where the seller is paid to, without the number, and what it has entered anew',
      action: 'bank.own',
      query: noQuery,
      response: schemas.ownAccount,
      run: async (call) => ok(await ownAccount(call, call.platform.db)),
    }),
    command({
      path: '/seller/bank-account/code',
      summary: 'Send the code that confirms a change of the account',
      action: 'bank.own',
      body: nothing,
      response: codeSent,
      async run(call, _, tx) {
        const sent = await sendVerification(call.platform, tx, ownStep(call), call.now);
        if (!sent.ok) return sent;
        const { kind, id } = ownOwner(call);
        await auditDone(call, tx, { action: 'bank-account.code', object: `account:${kind}:${id}`, traceId: null });
        return ok({ ...presentCodeTo(sent.value), expiresAt: sent.value.expiresAt.toISOString() });
      },
    }),
    command({
      path: '/seller/bank-account',
      summary: 'Enter or change the account that the seller is paid to; the operator reviews it first (O-2)',
      action: 'bank.own',
      body: schemas.newOwnAccount,
      response: schemas.ownAccount,
      async run(call, { code, ...account }, tx) {
        const { platform, principal, now } = call;
        const step = await verified(platform, tx, { ...ownStep(call), code }, now);
        if (!step.ok) return step;
        const by = { userId: principal.userId, at: now };
        const asked = await askBankAccount(platform, tx, ownOwner(call), account, by);
        if (!asked.ok) return asked;
        await auditDone(call, tx, { action: 'bank-account.enter', object: `account:${asked.value}`, traceId: null });
        return ok(await ownAccount(call, tx));
      },
    }),
  ];
}

const sellerOwner = ({ params }: Call): AccountOwner => ({ kind: 'SELLER', id: params.sellerId ?? '' });
const ownOwner = ({ principal: { sellerId } }: Call): AccountOwner => ({ kind: 'SELLER', id: sellerId ?? '' });
const ownStep = ({ principal: { userId, sellerId } }: Call): Step => ({
  ...{ tenant: sellerKey(sellerId ?? ''), userId, purpose: 'bank-account' },
});

async function ownAccount(call: Call, executor: Executor) {
  const owner = ownOwner(call);
  const [account] = await bankAccountsOf(executor, [owner]);
  const [change] = await bankAccountChanges(executor, [owner]);
  const to = await verificationAddress(call.platform, executor, ownStep(call));
  return {
    account: account ? dated(account) : null,
    change: change ? shownChange(change) : null,
    codeTo: to && presentCodeTo(to),
  };
}

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
  const changes = await bankAccountChanges(executor, owners);
  return owners.map((owner) => {
    const isIts = (each: { readonly owner: AccountOwner }) =>
      each.owner.kind === owner.kind && each.owner.id === owner.id;
    const [found, change] = [accounts.find(isIts), changes.find(isIts)];
    return { owner, account: found ? dated(found) : null, change: change ? shownChange(change) : null };
  });
}
const dated = (account: BankAccount) => ({
  ...masked(account),
  bankCode: account.bankCode,
  changedAt: account.changedAt.toISOString(),
});
const shownChange = ({ holder, bankName, bankCode, tail, askedAt, state, reason }: BankAccountChange) => ({
  ...{ holder, bankName, bankCode, tail, state, reason },
  askedAt: askedAt.toISOString(),
});

export async function accountOf(executor: Executor, owner: AccountOwner) {
  const [found] = await bankAccountsOf(executor, [owner]);
  return found ? masked(found) : null;
}
const masked = ({ holder, bankName, tail }: BankAccount) => ({ holder, bankName, tail });
