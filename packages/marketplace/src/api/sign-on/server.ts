/** Single sign-on over HTTP: standard OpenID Connect at `/api/oidc`, the printed forms of saas-v2.md 11 at `/api/v1/oauth2`. */
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { endMemberSession, MEMBER_COOKIE } from '../../directory/index.ts';
import { CAS_PATH, ISSUER_PATH, PUBLISHED_PATH } from '../../people/index.ts';
import type { Platform } from '../../platform/platform.ts';
import type { AppEnv } from '../http.ts';
import { nodeEnds } from './bridge.ts';
import { casForms } from './cas.ts';
import { callOf, HEADERS, type SignOnContext, signInPath, signOnContext } from './context.ts';
import { faultPage, PORTAL_PAGE, PORTAL_SCRIPT } from './pages.ts';
import { publishedForms } from './published.ts';

export function signOnApi(platform: Platform): Hono<AppEnv> {
  const context = signOnContext(platform);
  const app = new Hono<AppEnv>();
  app.use(`${ISSUER_PATH}/*`, headers);
  app.use(`${PUBLISHED_PATH}/*`, headers);
  app.use(`${CAS_PATH}/*`, headers);
  app.use('/unified-login/*', headers);
  app.get('/unified-login/', (c) => c.html(PORTAL_PAGE));
  app.get('/unified-login/portal-login.js', (c) =>
    c.body(PORTAL_SCRIPT, 200, { 'content-type': 'text/javascript;charset=utf-8' }),
  );
  // the printed pages; those of the authorisation server are counted where they are handed on
  for (const path of ['login', 'enter/*', 'logout', 'interaction/*'])
    app.use(`${PUBLISHED_PATH}/${path}`, async (c, next) => context.limits.page(c) ?? next());
  app.route(PUBLISHED_PATH, publishedForms(context));
  app.route(CAS_PATH, casForms(context));
  app.get(`${PUBLISHED_PATH}/interaction/:uid`, (c) => interaction(context, c));
  app.all(`${ISSUER_PATH}/*`, async (c) => {
    const path = new URL(c.req.url).pathname.slice(ISSUER_PATH.length);
    const response = await context.ask(c, path);
    // whoever signs out here is signed out of the workplace too
    const token = getCookie(c, MEMBER_COOKIE);
    if (path === '/session/end/confirm' && response.status === 303 && token !== undefined)
      await endMemberSession(platform.db, token);
    return response;
  });
  return app;
}

/** The authorisation server wants somebody to sign in: the workplace does that, and sends the browser back here. */
async function interaction(
  { authorisationServer, member, platform }: SignOnContext,
  c: Context<AppEnv>,
): Promise<Response> {
  const server = await authorisationServer();
  const uid = c.req.param('uid') ?? '';
  const here = `${PUBLISHED_PATH}/interaction/${uid}`;
  const publicUrl = new URL(platform.config.publicUrl);
  const { req, res } = nodeEnds(callOf(c, publicUrl, `/interaction/${uid}`, new Uint8Array()));
  const asked = await server.interactionDetails(req, res).catch(() => null);
  if (asked === null)
    return c.html(
      faultPage(c.req.header('accept-language') ?? '', 'invalid_request', 'the sign-in took too long'),
      400,
    );
  // whoever signs in now goes on with a session of now, which is not the one that asked
  if (asked.session !== undefined) {
    asked.session = undefined;
    await asked.persist();
  }
  // the application insists on a password: a sign-in of before does not do
  if (asked.prompt.reasons.includes('login_prompt') && c.req.query('again') === undefined) {
    const token = getCookie(c, MEMBER_COOKIE);
    if (token !== undefined) await endMemberSession(platform.db, token);
    return c.redirect(signInPath(`${here}?again`));
  }
  const found = await member(c);
  if (!found) return c.redirect(signInPath(here));
  return c.redirect(
    await server.interactionResult(req, res, { login: { accountId: found.memberId }, consent: {} }),
    303,
  );
}

const headers: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries({ 'cache-control': 'no-store', ...HEADERS }))
    if (!c.res.headers.has(name)) c.res.headers.set(name, value);
};
