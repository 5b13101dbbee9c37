/**
 * Members of enterprises come from the marketplace with a code (saas-v2.md 11) and are asked about again with each page: whoever
 * was withdrawn, disabled or stopped there is out here.
 */
import { type SignedOn, type SignOnSession, signOn } from '@jishi/seller';
import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import type { RandomBytes } from '../data/passwords.ts';
import type { People } from '../product/people.ts';
import { type Html, page, type View } from './views.ts';
import { viewOf } from './visit.ts';

export interface MemberTools {
  readonly people: Pick<People, 'client' | 'enterprises'>;
  readonly random: RandomBytes;
  readonly publicUrl: () => string;
  readonly clock: () => number;
}

/** Registered at the marketplace as the login address. */
export const SIGN_ON_PATH = '/sign-on';
const HOME = '/member';
const COOKIE = 'acme_member';
const MOST_SESSIONS = 10_000;

export function memberPages({ people, random, publicUrl, clock }: MemberTools): Hono {
  const app = new Hono();
  const login = signOn({ client: people.client, clock });
  const sessions = new Map<string, SignOnSession>();

  app.get(SIGN_ON_PATH, async (c) => {
    const result = await login.handle(c.req.raw);
    if (!result.ok) return c.html(outside(viewOf(c), result.message), 403);
    const token = Buffer.from(random(32)).toString('base64url');
    keep(token, result.session);
    const secure = publicUrl().startsWith('https:');
    setCookie(c, COOKIE, token, { httpOnly: true, sameSite: 'Lax', path: '/', secure });
    return c.redirect(HOME, 303);
  });

  app.get(HOME, async (c) => {
    const view = viewOf(c);
    const token = getCookie(c, COOKIE) ?? '';
    const known = sessions.get(token);
    if (!known) return c.html(outside(view, null), 401);
    const result = await login.again(known);
    if (!result.ok) {
      if (result.kind === 'refused') sessions.delete(token);
      return c.html(outside(view, result.message), result.kind === 'refused' ? 403 : 503);
    }
    keep(token, result.session);
    const enterprise = people.enterprises().find(({ tenantId }) => tenantId === known.tenantId);
    return c.html(inside(view, result, enterprise?.name ?? ''));
  });

  app.post('/member/sign-out', async (c) => {
    const token = getCookie(c, COOKIE) ?? '';
    const known = sessions.get(token);
    sessions.delete(token);
    deleteCookie(c, COOKIE, { path: '/' });
    const url = known ? await login.logoutUrl(known.tenantId) : null;
    return c.html(signedOut(viewOf(c), url));
  });

  function keep(token: string, session: SignOnSession): void {
    sessions.set(token, session);
    for (const oldest of sessions.keys()) {
      if (sessions.size <= MOST_SESSIONS) break;
      sessions.delete(oldest);
    }
  }
  return app;
}

function inside(view: View, { user }: SignedOn, enterprise: string): Html {
  const { say } = view;
  const facts = [
    [say('userName'), user.userName],
    [say('department'), user.departmentName],
    [say('enterprise'), enterprise],
    [say('role'), say(user.role === 'admin' ? 'admin' : 'member')],
    ...(user.email === undefined ? [] : [['E-mail', user.email]]),
  ];
  return page(
    view,
    say('welcome', { name: user.name }),
    html`<table><tbody>${facts.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table>
<form method="post" action="/member/sign-out"><button class="quiet">${say('signOut')}</button></form>`,
  );
}

/** @param reason what the marketplace said; null = nobody has signed in */
function outside(view: View, reason: string | null): Html {
  const { say } = view;
  return page(
    view,
    say('signedOnNot'),
    html`${reason === null ? '' : html`<p class="note error" role="alert">${say('signedOnWhy')} <span lang="en">${reason}</span></p>`}
<p>${say('signOnAgain')}</p>`,
  );
}

/** The platform's own session ends where the link leads; a form of ours must not send the browser elsewhere. */
function signedOut(view: View, url: string | null): Html {
  const { say } = view;
  return page(
    view,
    say('notice.signed-out'),
    html`<p>${url === null ? say('signOnAgain') : html`<a href="${url}">${say('signOutThere')}</a>`}</p>`,
  );
}
