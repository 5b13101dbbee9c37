/** Passwords of members, and the codes that confirm an administrator's step (consoles-and-processes.md E-7, E-13). */
import {
  type Enterprise,
  givePassword,
  memberOf,
  orderPasswords,
  passwordCounts,
  passwordReceiver,
} from '../../directory/index.ts';
import {
  buyerKey,
  canText,
  type Step,
  sendMemberPassword,
  sendVerification,
  startGiving,
  verificationAddress,
  verified,
} from '../../notification/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import { auditDone } from './audit.ts';
import * as schemas from './enterprise-password-schemas.ts';
import { enterpriseFor, enterpriseToChange, membersFault } from './enterprise-reach.ts';
import { presentCodeTo } from './present-subscription.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';

export const enterprisePasswordRoutes: ConsoleRoute[] = [
  read({
    path: '/enterprises/{enterpriseId}/passwords',
    summary: 'How many members still have no password, and where the code of a reset goes',
    action: 'people.manage',
    query: noQuery,
    response: schemas.passwords,
    async run(call) {
      const {
        platform,
        platform: { db },
      } = call;
      const found = await enterpriseFor(call, db);
      if (!found.ok) return found;
      const counts = await passwordCounts(db, found.value.enterpriseId);
      const to = await verificationAddress(platform, db, stepOf(call, ''));
      return ok({ ...counts, byText: canText(platform), codeTo: to && presentCodeTo(to) });
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/passwords',
    summary: 'Send account and first password to every member who has a phone and no password yet',
    action: 'people.exchange',
    body: nothing,
    response: schemas.ordered,
    async run(call, _, tx) {
      const found = await enterpriseToChange(call, tx, 'enterprise');
      if (!found.ok) return found;
      const { enterpriseId } = found.value;
      if (!canText(call.platform)) return refuse('CHANNEL_OFF', 'this server sends no text messages');
      const count = await orderPasswords(tx, enterpriseId, call.now);
      if (count > 0) await startGiving(call.platform, tx, enterpriseId, call.now);
      await auditDone(call, tx, {
        action: 'members.send-passwords',
        object: `enterprise:${enterpriseId}`,
        traceId: null,
      });
      return ok({ count });
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/members/{memberId}/password-code',
    summary: 'Send the administrator the code that confirms a reset (E-13)',
    action: 'people.manage',
    body: nothing,
    response: schemas.codeSent,
    async run(call, _, tx) {
      const found = await memberToReset(call, tx);
      return found.ok ? sendCode(call, tx, passwordStep(call)) : found;
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/members/{memberId}/password',
    summary: 'A new initial password for a member, who is signed out (E-13)',
    action: 'people.manage',
    body: schemas.confirmed,
    response: schemas.passwordGiven,
    replay: 'sealed',
    async run(call, { code }, tx) {
      const found = await memberToReset(call, tx);
      if (!found.ok) return found;
      const step = await verified(call.platform, tx, { ...passwordStep(call), code }, call.now);
      if (!step.ok) return step;
      const memberId = call.params.memberId ?? '';
      const object = `enterprise:${found.value.enterpriseId} member:${memberId}`;
      await auditDone(call, tx, { action: 'member.reset-password', object, traceId: null });
      return ok(await giveAndSend(call, tx, memberId));
    },
  }),
  read({
    path: '/enterprises/{enterpriseId}/dissolution',
    summary: 'Where the code goes that confirms the end of an enterprise (E-7)',
    action: 'enterprise.manage',
    query: noQuery,
    response: schemas.dissolution,
    async run(call) {
      const found = await enterpriseFor(call, call.platform.db);
      if (!found.ok) return found;
      const to = await verificationAddress(call.platform, call.platform.db, stepOf(call, ''));
      return ok({ codeTo: to && presentCodeTo(to) });
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/dissolution-code',
    summary: 'Send the code that confirms the end of an enterprise (E-7)',
    action: 'enterprise.manage',
    body: nothing,
    response: schemas.codeSent,
    async run(call, _, tx) {
      const found = await enterpriseToChange(call, tx, 'enterprise');
      return found.ok ? sendCode(call, tx, dissolutionStep(call)) : found;
    },
  }),
];

/** @returns refusal WRONG_CODE, unless the code is the one that was sent for this enterprise */
export const dissolutionConfirmed = (call: Call, tx: Tx, code: string | undefined): Promise<Result<null>> =>
  verified(call.platform, tx, { ...dissolutionStep(call), code }, call.now);

/** By text message; where that reaches nobody the administrator sees the password this once. */
export async function giveAndSend(call: Call, tx: Tx, memberId: string): Promise<schemas.PasswordGivenView> {
  const { platform, now } = call;
  const password = await givePassword(platform.random, tx, memberId, now);
  const to = await passwordReceiver(tx, memberId);
  if (!to) throw new Error(`member ${memberId} of a living enterprise is not found`);
  const sent = await sendMemberPassword(platform, tx, { ...to, password }, now);
  return { memberId, account: to.account, sentTo: sent ? to.mobile : null, password: sent ? null : password };
}

const stepOf = ({ principal: { userId, buyerId } }: Call, purpose: string): Step => ({
  tenant: buyerKey(buyerId ?? ''),
  userId,
  purpose,
});
const passwordStep = (call: Call) => stepOf(call, `password:${call.params.memberId}`);
const dissolutionStep = (call: Call) => stepOf(call, `dissolve:${call.params.enterpriseId}`);

async function sendCode(call: Call, tx: Tx, step: Step): Promise<Result<schemas.CodeSentView>> {
  const sent = await sendVerification(call.platform, tx, step, call.now);
  return sent.ok ? ok({ ...presentCodeTo(sent.value), expiresAt: sent.value.expiresAt.toISOString() }) : sent;
}

/** Passwords are ours, whoever keeps the directory (E-18). */
async function memberToReset(call: Call, tx: Tx): Promise<Result<Enterprise>> {
  const found = await enterpriseToChange(call, tx, 'enterprise');
  if (!found.ok) return found;
  const id = call.params.memberId ?? '';
  const member = isUuid(id) ? await memberOf(tx, found.value.enterpriseId, id) : null;
  if (!member) return refuse('NOT_FOUND', 'there is no such member');
  return (await membersFault(call, tx, found.value.enterpriseId, [id])) ?? found;
}
