/** Accounts of the distributor role (ED, E-3), as the operator keeps them. */
import { z } from 'zod';
import {
  addDistributorAccount,
  buyersByIds,
  distributorAccounts,
  lockDistributorAccount,
  type Member,
  resetDistributorPassword,
} from '../../directory/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { auditDone } from './audit.ts';
import { presentMember } from './member-routes.ts';
import * as schemas from './member-schemas.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';

const PATH = '/operator/buyers/{buyerId}/distributor-accounts';
const locking = z.strictObject({ disabled: z.boolean() });

export const distributorAccountRoutes: ConsoleRoute[] = [
  read({
    path: PATH,
    summary: 'People of a buyer who set up enterprises for customers (ED, E-3)',
    action: 'tenant.view',
    query: noQuery,
    response: schemas.distributorAccounts,
    async run(call) {
      const { db } = call.platform;
      const buyer = await buyerOf(call, db);
      if (!buyer.ok) return buyer;
      const { buyerId, name } = buyer.value;
      return ok({ buyerId, name, items: (await distributorAccounts(db, buyerId)).map(present) });
    },
  }),
  command({
    path: PATH,
    summary: 'A new account of the distributor role; the initial password is told once',
    action: 'tenant.open',
    body: schemas.newDistributorAccount,
    response: schemas.memberWithPassword,
    status: 201,
    replay: 'sealed',
    async run(call, body, tx) {
      const buyer = await buyerOf(call, tx);
      if (!buyer.ok) return buyer;
      const asked = { ...body, buyerId: buyer.value.buyerId };
      return told(call, tx, 'distributor.add', await addDistributorAccount(call.platform, tx, asked, call.now));
    },
  }),
  command({
    path: `${PATH}/{userId}/lock`,
    summary: 'Lock such an account out, or let it in again',
    action: 'tenant.open',
    body: locking,
    response: schemas.member,
    async run(call, { disabled }, tx) {
      const locked = await lockDistributorAccount(tx, { ...named(call), disabled });
      if (!locked.ok) return locked;
      await written(call, tx, disabled ? 'distributor.lock' : 'distributor.let-in', locked.value);
      return ok(present(locked.value));
    },
  }),
  command({
    path: `${PATH}/{userId}/password`,
    summary: 'A new initial password, which is told once; the sessions of the account end',
    action: 'tenant.open',
    body: nothing,
    response: schemas.memberWithPassword,
    replay: 'sealed',
    async run(call, _body, tx) {
      const reset = await resetDistributorPassword(call.platform, tx, named(call));
      return told(call, tx, 'distributor.reset-password', reset);
    },
  }),
];

const named = ({ params }: Call) => ({ buyerId: params.buyerId ?? '', userId: params.userId ?? '' });

async function buyerOf({ params }: Call, executor: Executor) {
  const buyerId = params.buyerId ?? '';
  const buyer = (await buyersByIds(executor, [buyerId])).get(buyerId);
  return buyer ? ok({ buyerId, name: buyer.name }) : refuse('NOT_FOUND', 'there is no such buyer');
}

async function told(call: Call, tx: Tx, action: string, done: Result<{ member: Member; password: string }>) {
  if (!done.ok) return done;
  const { member, password } = done.value;
  await written(call, tx, action, member);
  return ok({ member: present(member), password });
}

const written = (call: Call, tx: Tx, action: string, { userId }: Member) =>
  auditDone(call, tx, { action, object: `user:${userId} buyer:${call.params.buyerId}`, traceId: null });

const present = (member: Member) => presentMember(member, true);
