/** The product's web pages. What a visitor may see depends on the tenant's phase first, on the session second. */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { fits, hashPassword, MAX_PASSWORD, MIN_PASSWORD, type RandomBytes } from '../data/passwords.ts';
import {
  addUser,
  findUser,
  type Phase,
  phaseOf,
  removeUser,
  setPassword,
  type Tenant,
  type User,
} from '../data/tenant.ts';
import type { TenantStore } from '../data/tenant-store.ts';
import { createSessions } from './sessions.ts';
import { STYLE } from './style.ts';
import { chooseLanguage, isTextKey, sayIn, type TextKey } from './texts.ts';
import { adminPage, type Html, message, signInForm, type View, workspace } from './views.ts';

export interface PageTools {
  readonly tenants: TenantStore;
  readonly clock: () => number;
  readonly random: RandomBytes;
  readonly publicUrl: () => string;
}

const SESSION_COOKIE = 'acme_session';
const LANGUAGE_COOKIE = 'acme_lang';
const MAX_FORM_BYTES = 10_000;

export function pages({ tenants, clock, random, publicUrl }: PageTools): Hono {
  const sessions = createSessions(clock, random);
  const app = new Hono();

  app.use(async (c, next) => {
    await next();
    c.header(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    c.header('x-content-type-options', 'nosniff');
    c.header('referrer-policy', 'same-origin');
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
  });
  app.use(bodyLimit({ maxSize: MAX_FORM_BYTES }));
  app.use(async (c, next) => {
    if (c.req.method !== 'GET' && !isOwnForm(c, publicUrl())) return c.text('Cross-site form refused', 403);
    return next();
  });

  app.get('/style.css', (c) =>
    c.body(STYLE, 200, { 'content-type': 'text/css;charset=utf-8', 'cache-control': 'max-age=3600' }),
  );
  app.get('/', (c) => {
    const view = viewOf(c);
    return c.html(message(view, view.say('product'), view.say('slogan')));
  });

  app.get('/t/:tenant', (c) => show(c, (view, tenant, user) => workspace(view, tenant, user, clock())));
  app.get('/admin/:tenant', (c) =>
    show(c, (view, tenant, user) =>
      user.role === 'admin'
        ? adminPage(view, tenant, phaseOf(tenant, clock()), clock())
        : message(view, view.say('administration'), view.say('error.forbidden')),
    ),
  );

  for (const area of ['t', 'admin'] as const) {
    app.post(`/${area}/:tenant/sign-in`, async (c) => {
      const tenant = usable(c);
      if (!tenant) return back(c);
      const { userName, password } = await form(c);
      const { instanceId } = tenant;
      if (!sessions.mayTry(instanceId, userName)) return retry(c, area, tenant, userName, 'error.locked', 429);
      const user = findUser(tenant, userName);
      if (!user || !(await fits(password, user.password))) {
        sessions.failed(instanceId, userName);
        return retry(c, area, tenant, userName, 'error.credentials', 401);
      }
      sessions.succeeded(instanceId, userName);
      const secure = publicUrl().startsWith('https:');
      setCookie(c, SESSION_COOKIE, sessions.open(instanceId, user.userName), {
        httpOnly: true,
        sameSite: 'Lax',
        path: '/',
        secure,
      });
      return c.redirect(`/${area}/${encodeURIComponent(instanceId)}`, 303);
    });
  }

  app.post('/t/:tenant/sign-out', (c) => {
    sessions.close(getCookie(c, SESSION_COOKIE));
    return back(c, 'notice=signed-out');
  });

  app.post('/t/:tenant/users', (c) =>
    asUser(c, async (tenant, user) => {
      if (user.role !== 'admin') return 'error=forbidden';
      const { userName, displayName, password } = await form(c);
      if (!isPassword(password)) return 'error=password';
      const member: User = { userName, displayName, role: 'member', password: await hashPassword(password, random) };
      let problem: string | undefined;
      await tenants.update(tenant.instanceId, (current) => {
        const added = addUser(current, member, clock());
        if ('tenant' in added) return added.tenant;
        problem = added.problem;
        return current;
      });
      return problem ? `error=${problem}` : 'notice=added';
    }),
  );

  app.post('/t/:tenant/users/remove', (c) =>
    asUser(c, async (tenant, user) => {
      if (user.role !== 'admin') return 'error=forbidden';
      const { userName } = await form(c);
      await tenants.update(tenant.instanceId, (current) => removeUser(current, userName));
      return 'notice=removed';
    }),
  );

  app.post('/t/:tenant/password', (c) =>
    asUser(c, async (tenant, user) => {
      const { current, next } = await form(c);
      if (!(await fits(current, user.password))) return 'error=current';
      if (!isPassword(next)) return 'error=password';
      const password = await hashPassword(next, random);
      await tenants.update(tenant.instanceId, (latest) => setPassword(latest, user.userName, password));
      return 'notice=password';
    }),
  );

  app.notFound((c) => {
    const view = viewOf(c);
    return c.html(message(view, '404', view.say('notFound')), 404);
  });
  return app;

  function tenantOf(c: Context): Tenant | undefined {
    return tenants.get(c.req.param('tenant') ?? '');
  }

  function usable(c: Context): Tenant | undefined {
    const tenant = tenantOf(c);
    return tenant && phaseOf(tenant, clock()) === 'active' ? tenant : undefined;
  }

  function signedIn(c: Context, tenant: Tenant): User | undefined {
    const session = sessions.find(getCookie(c, SESSION_COOKIE), tenant.instanceId);
    return session && findUser(tenant, session.userName);
  }

  function show(c: Context, content: (view: View, tenant: Tenant, user: User) => Html) {
    const view = viewOf(c);
    const tenant = tenantOf(c);
    if (!tenant) return c.html(message(view, '404', view.say('notFound')), 404);
    const phase = phaseOf(tenant, clock());
    if (phase !== 'active') return c.html(closed(view, phase), CLOSED_STATUS[phase]);
    const user = signedIn(c, tenant);
    return c.html(user ? content({ ...view, user }, tenant, user) : signInForm(view, `${c.req.path}/sign-in`, ''));
  }

  /** Runs a form's action and goes back to the workspace with what came of it. */
  async function asUser(c: Context, act: (tenant: Tenant, user: User) => Promise<string>) {
    const tenant = usable(c);
    const user = tenant && signedIn(c, tenant);
    return back(c, tenant && user ? await act(tenant, user) : undefined);
  }

  function back(c: Context, outcome?: string) {
    const path = `/t/${encodeURIComponent(c.req.param('tenant') ?? '')}`;
    return c.redirect(outcome ? `${path}?${outcome}` : path, 303);
  }

  function retry(c: Context, area: 't' | 'admin', tenant: Tenant, userName: string, error: TextKey, status: 401 | 429) {
    const path = `/${area}/${encodeURIComponent(tenant.instanceId)}`;
    return c.html(signInForm({ ...viewOf(c), path, error }, `${path}/sign-in`, userName), status);
  }
}

const CLOSED_STATUS = { provisioning: 503, frozen: 403, released: 410 } as const;

const closed = (view: View, phase: Exclude<Phase, 'active'>): Html =>
  message(view, view.say(`phase.${phase}`), view.say(phase), phase === 'provisioning' ? 3 : undefined);

const isPassword = (text: string): boolean => text.length >= MIN_PASSWORD && text.length <= MAX_PASSWORD;

function viewOf(c: Context): View {
  const asked = c.req.query('lang');
  const language = chooseLanguage(asked ?? getCookie(c, LANGUAGE_COOKIE), c.req.header('accept-language'));
  if (asked === language) setCookie(c, LANGUAGE_COOKIE, language, { path: '/', sameSite: 'Lax', maxAge: 31_536_000 });
  const text = (kind: 'notice' | 'error') => {
    const key = `${kind}.${c.req.query(kind) ?? ''}`;
    return isTextKey(key) ? key : undefined;
  };
  return { say: sayIn(language), language, path: c.req.path, notice: text('notice'), error: text('error') };
}

type FormField = 'userName' | 'displayName' | 'password' | 'current' | 'next';

async function form(c: Context): Promise<Record<FormField, string>> {
  const given = await c.req.parseBody();
  const field = (name: FormField) => {
    const value = given[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    userName: field('userName').trim(),
    displayName: field('displayName').trim(),
    password: field('password'),
    current: field('current'),
    next: field('next'),
  };
}

/** Browsers name the page a form comes from; a page of another site must not submit ours. */
function isOwnForm(c: Context, publicUrl: string): boolean {
  const origin = c.req.header('origin');
  if (!origin || !URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === new URL(publicUrl).host || host === c.req.header('host');
}
