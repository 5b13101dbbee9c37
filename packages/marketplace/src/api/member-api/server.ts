/**
 * The workplace over HTTP (E-36 … E-39): members of enterprises sign in, see what they are authorised for, keep their own
 * password. A member reaches nothing but what is the member's own, so no address names an object of somebody else.
 */
import { type Context, Hono } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import {
  changeMemberPassword,
  endMemberSession,
  MEMBER_COOKIE,
  type MemberSession,
  type SignedInMember,
  signInMember,
} from '../../directory/index.ts';
import { SIGN_ON_REFUSALS, tilesOf } from '../../people/index.ts';
import { writeAudit } from '../../platform/audit.ts';
import { inTransaction } from '../../platform/database/database.ts';
import { problem, problemOf, sendProblem } from '../../platform/http/problem.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Refusal, Result } from '../../platform/result.ts';
import type { AppEnv } from '../http.ts';
import { type RateLimit, signInLimit } from '../rate-limit.ts';
import { join, showInvitation } from './joining.ts';
import * as schemas from './schemas.ts';
import { admit, bodyOf, originOf, presentMember } from './session.ts';

type C = Context<AppEnv>;

export function memberApi(platform: Platform): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const limit = signInLimit();
  app.post('/session', (c) => enter(c, platform, limit));
  app.get('/session', async (c) => {
    const admitted = await admit(c, platform, { command: false, initial: true });
    return 'refused' in admitted
      ? sendProblem(c, admitted.refused)
      : answer(c, presentMember(admitted.member, admitted.token));
  });
  app.delete('/session', (c) => leave(c, platform));
  app.post('/session/password', (c) => changePassword(c, platform));
  app.get('/tiles', async (c) => {
    const admitted = await admit(c, platform, { command: false, initial: false });
    if ('refused' in admitted) return sendProblem(c, admitted.refused);
    const tiles = await tilesOf(platform.db, admitted.member);
    const items = tiles.map((tile) => ({
      ...tile,
      closed: tile.closed && { code: tile.closed, ...SIGN_ON_REFUSALS[tile.closed] },
    }));
    return answer(c, { items } satisfies schemas.TilesView);
  });
  app.get('/invitations/:code', async (c) => {
    const shown = await limited(c, platform, limit, () => showInvitation(platform, c.req.param('code')));
    if (shown instanceof Response) return shown;
    return shown.ok ? answer(c, shown.value) : sendProblem(c, problemOf(shown.refusal));
  });
  app.post('/invitations/:code', async (c) => {
    const body = await bodyOf(c, schemas.joining);
    if ('refused' in body) return sendProblem(c, body.refused);
    const from = originOf(c, platform);
    const joined = await limited(c, platform, limit, () => join(platform, c.req.param('code'), body.value, from));
    if (joined instanceof Response) return joined;
    return joined.ok
      ? begin(c, platform, joined.value, platform.clock.now())
      : sendProblem(c, problemOf(joined.refusal));
  });
  app.all('*', (c) => sendProblem(c, problem('NOT_FOUND', 'there is no such address')));
  return app;
}

function answer(c: C, body: object, status: 200 | 201 = 200): Response {
  c.header('cache-control', 'no-store');
  return c.json(body, status);
}

/** The same limit of failures from one address as for the consoles. */
async function enter(c: C, platform: Platform, limit: RateLimit): Promise<Response> {
  const body = await bodyOf(c, schemas.signIn);
  if ('refused' in body) return sendProblem(c, body.refused);
  const now = platform.clock.now();
  const { account, password } = body.value;
  const result = await limited(c, platform, limit, () =>
    signInMember(platform, account, password, now, originOf(c, platform)),
  );
  if (result instanceof Response) return result;
  if (!result.ok) return sendProblem(c, problemOf(result.refusal), retryAfter(result.refusal, now));
  return begin(c, platform, result.value, now);
}

/** What fails counts against the address; what succeeds does not. */
async function limited<T>(
  c: C,
  platform: Platform,
  limit: RateLimit,
  work: () => Promise<Result<T>>,
): Promise<Result<T> | Response> {
  const address = originOf(c, platform).ip ?? 'memory';
  const waitSeconds = limit.take(address, platform.clock.now().getTime());
  if (waitSeconds > 0)
    return sendProblem(c, problem('RATE_LIMITED', 'too many failures from your address'), {
      'retry-after': String(waitSeconds),
    });
  const result = await work();
  if (result.ok) limit.giveBack(address);
  return result;
}

function begin(
  c: C,
  platform: Platform,
  { token, member, expiresAt }: MemberSession,
  now: Date,
  status: 200 | 201 = 201,
): Response {
  setCookie(c, MEMBER_COOKIE, token, {
    ...cookieOptions(platform),
    // not `expires`: a browser goes by its own clock, which a sandbox's may be years away from
    maxAge: Math.max(0, Math.round((expiresAt.getTime() - now.getTime()) / 1000)),
  });
  return answer(c, presentMember(member, token), status);
}

const cookieOptions = ({ config }: Platform) => ({
  httpOnly: true,
  sameSite: 'Lax' as const,
  path: '/',
  secure: config.publicUrl.startsWith('https:'),
});

function retryAfter({ facts }: Refusal, now: Date): Record<string, string> {
  const until = facts?.lockedUntil;
  return until === undefined
    ? {}
    : { 'retry-after': String(Math.ceil((new Date(until).getTime() - now.getTime()) / 1000)) };
}

async function leave(c: C, platform: Platform): Promise<Response> {
  const admitted = await admit(c, platform, { command: true, initial: true });
  if ('refused' in admitted && admitted.refused.code === 'CSRF') return sendProblem(c, admitted.refused);
  if ('member' in admitted)
    await inTransaction(platform.db, async (tx) => {
      await endMemberSession(tx, admitted.token);
      await writeAudit(tx, signOutOf(admitted.member, c, platform), platform.clock.now());
    });
  deleteCookie(c, MEMBER_COOKIE, cookieOptions(platform));
  return c.body(null, 204);
}

const signOutOf = ({ memberId }: SignedInMember, c: C, platform: Platform) => ({
  ...originOf(c, platform),
  actor: `member:${memberId}`,
  role: 'EM',
  action: 'member.sign-out',
  object: `member:${memberId}`,
  result: 'done' as const,
  traceId: null,
});

async function changePassword(c: C, platform: Platform): Promise<Response> {
  const admitted = await admit(c, platform, { command: true, initial: true });
  if ('refused' in admitted) return sendProblem(c, admitted.refused);
  const body = await bodyOf(c, schemas.newPassword);
  if ('refused' in body) return sendProblem(c, body.refused);
  const asked = { member: admitted.member, ...body.value };
  const now = platform.clock.now();
  const changed = await changeMemberPassword(platform, asked, originOf(c, platform), now);
  if (!changed.ok) return sendProblem(c, problemOf(changed.refusal));
  return begin(c, platform, changed.value, now, 200);
}
