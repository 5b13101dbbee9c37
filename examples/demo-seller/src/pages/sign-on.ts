/** Members of enterprises come from the marketplace and are asked about again with each page: whoever lost the right there is out here. */
import type { SignedOnUser } from '@jishi/seller';
import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import type { RandomBytes } from '../data/passwords.ts';
import type { People } from '../product/people.ts';
import { type Again, casDoor, codeDoor, type KnownUsers } from './door.ts';
import { type Html, page, type View } from './views.ts';
import { viewOf } from './visit.ts';

export interface MemberTools {
  readonly people: Pick<People, 'client' | 'enterprises'> & KnownUsers;
  readonly random: RandomBytes;
  readonly publicUrl: () => string;
  readonly clock: () => number;
  /** Members arrive with tickets of CAS, as products of V1.0 take them in (saas-v1.md 6.7). Default: with codes. */
  readonly cas?: boolean;
}

/** Registered at the marketplace as the login address. */
export const SIGN_ON_PATH = '/sign-on';
const HOME = '/member';
const COOKIE = 'acme_member';
const MOST_SESSIONS = 10_000;

interface Kept {
  readonly tenantId: string;
  readonly again: Again;
}

export function memberPages({ people, random, publicUrl, clock, cas = false }: MemberTools): Hono {
  const app = new Hono();
  const login = cas ? casDoor(people, () => `${publicUrl()}${SIGN_ON_PATH}`) : codeDoor(people, clock);
  const sessions = new Map<string, Kept>();

  app.get(SIGN_ON_PATH, async (c) => {
    const result = await login.arrive(c.req.raw);
    if (!result.ok)
      return result.kind === 'begin' ? c.redirect(result.url) : c.html(outside(viewOf(c), result.message), 403);
    const token = Buffer.from(random(32)).toString('base64url');
    keep(token, result);
    const secure = publicUrl().startsWith('https:');
    setCookie(c, COOKIE, token, { httpOnly: true, sameSite: 'Lax', path: '/', secure });
    return c.redirect(HOME, 303);
  });

  app.get(HOME, async (c) => {
    const view = viewOf(c);
    const token = getCookie(c, COOKIE) ?? '';
    const known = sessions.get(token);
    if (!known) return c.html(outside(view, null), 401);
    const result = await known.again();
    if (!result.ok) {
      if (result.kind === 'refused') sessions.delete(token);
      return c.html(outside(view, result.message), result.kind === 'refused' ? 403 : 503);
    }
    keep(token, { tenantId: known.tenantId, again: result.again });
    const enterprise = people.enterprises().find(({ tenantId }) => tenantId === known.tenantId);
    return c.html(inside(view, result.user, enterprise?.name ?? ''));
  });

  app.post('/member/sign-out', async (c) => {
    const token = getCookie(c, COOKIE) ?? '';
    const known = sessions.get(token);
    sessions.delete(token);
    deleteCookie(c, COOKIE, { path: '/' });
    const url = known ? await login.logoutUrl(known.tenantId) : null;
    return c.html(signedOut(viewOf(c), url));
  });

  function keep(token: string, { tenantId, again }: Kept): void {
    sessions.set(token, { tenantId, again });
    for (const oldest of sessions.keys()) {
      if (sessions.size <= MOST_SESSIONS) break;
      sessions.delete(oldest);
    }
  }
  return app;
}

function inside(view: View, user: SignedOnUser, enterprise: string): Html {
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
