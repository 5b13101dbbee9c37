/** Sub-users of a tenant (S-11), the marketplace's own people (6.2), and buyers and sellers with their main accounts. */
import { type Track, tracksOf } from '../../delivery/index.ts';
import {
  addMember,
  changeMember,
  type Member,
  membersOf,
  openTenant,
  type Principal,
  resetFactorOf,
  resetFactorOfMember,
  resetPassword,
  signOutMember,
  subRoles,
  type Tenant,
  tenants,
} from '../../directory/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, type Result } from '../../platform/result.ts';
import { auditDone } from './audit.ts';
import * as schemas from './member-schemas.ts';
import { type Call, type ConsoleRoute, command, noQuery, read } from './route.ts';

export const memberRoutes: ConsoleRoute[] = [
  read({
    path: '/members',
    summary: 'People of your own tenant with their roles, and the roles that you may give',
    action: 'account.manage',
    query: noQuery,
    response: schemas.members,
    async run({ platform: { db }, principal }) {
      const people = await membersOf(db, principal);
      return ok({ items: people.map((each) => present(each, principal)), roles: [...subRoles(principal.role)] });
    },
  }),
  command({
    path: '/members',
    summary: 'A new account with an initial password, which is told once',
    action: 'account.manage',
    body: schemas.newSubUser,
    response: schemas.memberWithPassword,
    status: 201,
    replay: 'sealed',
    async run(call, body, tx) {
      const added = await addMember(call.platform, tx, { by: call.principal, ...body }, call.now);
      return withPassword(call, tx, 'member.add', added);
    },
  }),
  command({
    path: '/members/changes',
    summary: 'Give another role or other products, lock out or let in again',
    action: 'account.manage',
    body: schemas.memberChange,
    response: schemas.member,
    async run(call, change, tx) {
      const { principal } = call;
      const changed = await changeMember(tx, { by: principal, ...change });
      if (!changed.ok) return changed;
      await auditDone(call, tx, { action: 'member.change', object: `user:${changed.value.userId}`, traceId: null });
      return ok(present(changed.value, principal));
    },
  }),
  command({
    path: '/members/passwords',
    summary: 'A new initial password, which is told once; the sessions of the account end',
    action: 'account.manage',
    body: schemas.ofMember,
    response: schemas.memberWithPassword,
    replay: 'sealed',
    async run(call, { userId }, tx) {
      const { platform, principal } = call;
      const reset = await resetPassword(platform, tx, { by: principal, userId });
      return withPassword(call, tx, 'member.reset-password', reset);
    },
  }),
  command({
    path: '/members/sign-outs',
    summary: 'End all sessions of a person of your own tenant',
    action: 'account.manage',
    body: schemas.ofMember,
    response: schemas.signedOut,
    async run(call, { userId }, tx) {
      const ended = await signOutMember(tx, { by: call.principal, userId });
      if (!ended.ok) return ended;
      await auditDone(call, tx, { action: 'member.sign-out', object: `user:${userId}`, traceId: null });
      return ok({ ended: ended.value });
    },
  }),
  command({
    path: '/members/second-factor-resets',
    summary: 'A person has lost the second factor: from now on the password alone',
    action: 'account.manage',
    body: schemas.ofMember,
    response: schemas.member,
    async run(call, { userId }, tx) {
      const { principal } = call;
      const reset = await resetFactorOfMember(tx, { by: principal, userId });
      if (!reset.ok) return reset;
      await auditDone(call, tx, { action: 'second-factor.reset', object: `user:${userId}`, traceId: null });
      return ok(present(reset.value, principal));
    },
  }),
  command({
    path: '/operator/second-factor-resets',
    summary: 'The same for any account, a main account too, by its login name',
    action: 'account.recover',
    body: schemas.ofLogin,
    response: schemas.ofLogin,
    async run(call, { loginName }, tx) {
      const reset = await resetFactorOf(tx, loginName);
      if (!reset.ok) return reset;
      const object = `user:${reset.value.userId}`;
      await auditDone(call, tx, { action: 'second-factor.reset', object, traceId: null });
      return ok({ loginName });
    },
  }),
  read({
    path: '/operator/tenants',
    summary: 'Buyers and sellers of the site, newest first',
    action: 'tenant.view',
    query: schemas.tenantQuery,
    response: schemas.tenantPage,
    async run({ platform: { db, config } }, { cursor, limit, kind, text }) {
      const before = cursor ? decodeCursor(cursor) : null;
      const found = await tenants(db, { site: config.site, kind, text, before, limit: limit + 1 });
      const page = toPage(found, limit, ({ createdAt, tenantId }) => ({ at: createdAt, id: tenantId }));
      const buyers = page.items.filter((each) => each.kind === 'buyer').map(({ tenantId }) => tenantId);
      const tracks = await tracksOf(db, buyers);
      const items = page.items.map((each) => presentTenant(each, tracks.get(each.tenantId) ?? null));
      return ok({ items, nextCursor: page.nextCursor });
    },
  }),
  command({
    path: '/operator/tenants',
    summary: 'A buyer or seller with its main account; the initial password is told once',
    action: 'tenant.open',
    body: schemas.newTenant,
    response: schemas.tenantWithPassword,
    status: 201,
    replay: 'sealed',
    async run(call, body, tx) {
      const { platform, now } = call;
      const opened = await openTenant(platform, tx, platform.config.site, body, now);
      if (!opened.ok) return opened;
      const { tenant, password } = opened.value;
      const party = `${tenant.kind}:${tenant.tenantId}`;
      await auditDone(call, tx, { action: 'tenant.open', object: party, traceId: null, onBehalfOf: party });
      return ok({ tenant: presentTenant(tenant, null), password });
    },
  }),
];

async function withPassword(call: Call, tx: Tx, action: string, done: Result<{ member: Member; password: string }>) {
  if (!done.ok) return done;
  const { member, password } = done.value;
  await auditDone(call, tx, { action, object: `user:${member.userId}`, traceId: null });
  return ok({ member: present(member, call.principal), password });
}

const present = (member: Member, by: Principal) =>
  presentMember(member, member.userId !== by.userId && subRoles(by.role).includes(member.role));

export const presentMember = (member: Member, mayChange: boolean) => ({
  ...member,
  goodsIds: [...member.goodsIds],
  lastSignInAt: member.lastSignInAt?.toISOString() ?? null,
  createdAt: member.createdAt.toISOString(),
  mayChange,
});
const presentTenant = (tenant: Tenant, track: Track | null) => ({
  ...tenant,
  track,
  createdAt: tenant.createdAt.toISOString(),
  leftAt: tenant.leftAt?.toISOString() ?? null,
});
