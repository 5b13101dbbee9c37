/** The printed forms of single sign-on (saas-v2.md 11; saas-v1.md 6.7 finds them at the tenant's domain): login, token, user, logout. */
import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie } from 'hono/cookie';
import { endMemberSession, MEMBER_COOKIE } from '../../directory/index.ts';
import {
  afterLogout,
  applicationOfClient,
  describeRefusal,
  type EntryResult,
  entryByAppId,
  entryOf,
  entryOfToken,
  isAppId,
  issueCode,
  PUBLISHED_PATH,
  publishedUser,
  SESSION_COOKIE,
  type SignOnRefusal,
  sessionFor,
  withCredential,
} from '../../people/index.ts';
import type { AppEnv } from '../http.ts';
import { type AtWorkplace, type SignOnContext, signInPath } from './context.ts';
import { languageOf, refusalPage, signedOutPage } from './pages.ts';

export function publishedForms(context: SignOnContext): Hono<AppEnv> {
  const { platform } = context;
  const app = new Hono<AppEnv>();

  // 11.1: from the seller's login page; `ind` names the industry of the portal and changes nothing here
  app.get('/login', async (c) => {
    const appId = c.req.query('appId') ?? '';
    if (!(await isAppId(platform.db, appId))) return refused(c, 'APPLICATION_UNKNOWN');
    const member = await context.member(c);
    const path = `${PUBLISHED_PATH}/login${new URL(c.req.url).search}`;
    if (!member) return c.redirect(signInPath(path, { ind: c.req.query('ind') ?? 'UNOP', appId }));
    return enter(context, c, member, await entryByAppId(platform.db, appId, member));
  });

  // E-38: a tile of the workplace
  app.get('/enter/:applicationId', async (c) => {
    const applicationId = c.req.param('applicationId');
    const member = await context.member(c);
    if (!member) return c.redirect(signInPath(`${PUBLISHED_PATH}/enter/${encodeURIComponent(applicationId)}`));
    const found = await withCredential(platform.db, applicationId);
    if (!found || found.application.enterpriseId !== member.enterpriseId) return refused(c, 'APPLICATION_UNKNOWN');
    return enter(context, c, member, await entryOf(platform.db, found.application, member.memberId));
  });

  // 11.2: code or refresh token; `redirect_uri` may be left out
  app.post('/token', (c) => context.ask(c, '/token'));

  // 11.3
  app.get('/userinfo', async (c) => {
    const [scheme, token] = (c.req.header('authorization') ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || token === undefined)
      return unauthorised(c, 'no access token in the header Authorization');
    const found = await entryOfToken(await context.authorisationServer(), platform, token);
    if (found.ok) return c.json(publishedUser(found.entry));
    return unauthorised(
      c,
      found.code === 'TOKEN'
        ? 'the access token is unknown or has expired'
        : found.code === 'SIGNED_OUT'
          ? 'SIGNED_OUT: the member has signed out, or was signed out'
          : describeRefusal(found.code),
    );
  });

  // 11.4
  app.get('/logout', (c) => logout(context, c));
  app.post('/logout', (c) => logout(context, c));
  return app;
}

async function enter(
  context: SignOnContext,
  c: Context<AppEnv>,
  member: AtWorkplace,
  result: EntryResult,
): Promise<Response> {
  if (!result.ok) return refused(c, result.code);
  const { application } = result.entry;
  const found = await withCredential(context.platform.db, application.applicationId);
  if (!found || found.credential.loginUrl === '') return refused(c, 'LOGIN_ADDRESS_MISSING');
  const address = new URL(found.credential.loginUrl);
  const server = await context.authorisationServer();
  const session = await sessionFor(server, member);
  address.searchParams.set('code', await issueCode(server, result.entry, found.credential, session));
  address.searchParams.set('tenant', member.enterpriseId);
  return c.redirect(address.href);
}

/** The platform's session ends, and what it gave to applications; they end their own. Back only where the seller lives. */
async function logout({ platform }: SignOnContext, c: Context<AppEnv>): Promise<Response> {
  const token = getCookie(c, MEMBER_COOKIE);
  if (token !== undefined) await endMemberSession(platform.db, token);
  for (const name of [MEMBER_COOKIE, SESSION_COOKIE]) deleteCookie(c, name, { path: '/' });
  const client = await applicationOfClient(platform.db, c.req.query('client_id') ?? '');
  const target = c.req.query('redirect_uri') ?? '';
  if (client && client.credential.loginUrl !== '' && afterLogout(client.credential.loginUrl).includes(target))
    return c.redirect(target);
  return c.html(signedOutPage(c.req.header('accept-language') ?? ''));
}

/** E-39 */
function refused(c: Context<AppEnv>, code: SignOnRefusal): Response | Promise<Response> {
  return c.html(
    refusalPage(languageOf(c.req.header('accept-language')), code),
    code === 'APPLICATION_UNKNOWN' ? 404 : 403,
  );
}

function unauthorised(c: Context<AppEnv>, description: string): Response {
  return c.json({ error: 'invalid_token', error_description: description }, 401, {
    'www-authenticate': 'Bearer error="invalid_token"',
  });
}
