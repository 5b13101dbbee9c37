/** One request to the pages: whose tenant, who is signed in, in which language, and the ways to answer. */
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { findUser, type Phase, phaseOf, type Tenant, type User } from '../data/tenant.ts';
import type { TenantStore } from '../data/tenant-store.ts';
import type { Sessions } from './sessions.ts';
import { chooseLanguage, isTextKey, sayIn, type TextKey } from './texts.ts';
import { type Html, message, signInForm, type View } from './views.ts';

export interface VisitTools {
  readonly tenants: TenantStore;
  readonly sessions: Sessions;
  readonly clock: () => number;
}

export type Area = 't' | 'admin';

export const SESSION_COOKIE = 'acme_session';
const LANGUAGE_COOKIE = 'acme_lang';
const YEAR_SECONDS = 31_536_000;
const CLOSED_STATUS = { provisioning: 503, frozen: 403, released: 410 } as const;

export const pathOf = (area: Area, instanceId: string): string => `/${area}/${encodeURIComponent(instanceId)}`;

const tenantOf = (c: Context, { tenants }: VisitTools): Tenant | undefined => tenants.get(c.req.param('tenant') ?? '');

/** The tenant, when its people may work now. */
export function activeTenant(c: Context, tools: VisitTools): Tenant | undefined {
  const tenant = tenantOf(c, tools);
  return tenant && phaseOf(tenant, tools.clock()) === 'active' ? tenant : undefined;
}

function signedIn(c: Context, tenant: Tenant, { sessions }: VisitTools): User | undefined {
  const session = sessions.find(getCookie(c, SESSION_COOKIE), tenant.instanceId);
  return session && findUser(tenant, session.userName);
}

/** A page of a tenant: what its phase allows first, then the sign-in form or the content. */
export function show(c: Context, tools: VisitTools, content: (view: View, tenant: Tenant, user: User) => Html) {
  const view = viewOf(c);
  const tenant = tenantOf(c, tools);
  if (!tenant) return notFound(c);
  const phase = phaseOf(tenant, tools.clock());
  if (phase !== 'active') return c.html(closed(view, phase), CLOSED_STATUS[phase]);
  const user = signedIn(c, tenant, tools);
  return c.html(user ? content({ ...view, user }, tenant, user) : signInForm(view, `${c.req.path}/sign-in`, ''));
}

/** Runs a form's action and goes back to the workspace with what came of it, such as `notice=added`. */
export async function asUser(c: Context, tools: VisitTools, act: (tenant: Tenant, user: User) => Promise<string>) {
  const tenant = activeTenant(c, tools);
  const user = tenant && signedIn(c, tenant, tools);
  return back(c, tenant && user ? await act(tenant, user) : undefined);
}

export function back(c: Context, outcome?: string) {
  const path = pathOf('t', c.req.param('tenant') ?? '');
  return c.redirect(outcome ? `${path}?${outcome}` : path, 303);
}

export function notFound(c: Context) {
  const view = viewOf(c);
  return c.html(message(view, '404', view.say('notFound')), 404);
}

export function viewOf(c: Context): View {
  const asked = c.req.query('lang');
  const language = chooseLanguage(asked ?? getCookie(c, LANGUAGE_COOKIE), c.req.header('accept-language'));
  if (asked === language) setCookie(c, LANGUAGE_COOKIE, language, { path: '/', sameSite: 'Lax', maxAge: YEAR_SECONDS });
  const { path } = c.req;
  return { say: sayIn(language), language, path, notice: textOf(c, 'notice'), error: textOf(c, 'error') };
}

/** Only texts of ours are shown, whatever stands in the address. */
function textOf(c: Context, kind: 'notice' | 'error'): TextKey | undefined {
  const key = `${kind}.${c.req.query(kind) ?? ''}`;
  return isTextKey(key) ? key : undefined;
}

const closed = (view: View, phase: Exclude<Phase, 'active'>): Html =>
  message(view, view.say(`phase.${phase}`), view.say(phase), phase === 'provisioning' ? 3 : undefined);
