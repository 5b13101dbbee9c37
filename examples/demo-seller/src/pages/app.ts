/** The product's web pages: what may be seen, and the rules that hold for all of them. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { phaseOf } from '../data/tenant.ts';
import { type ActionTools, actions } from './actions.ts';
import { isOwnForm, MAX_FORM_BYTES } from './form.ts';
import { createSessions } from './sessions.ts';
import { type MemberTools, memberPages } from './sign-on.ts';
import { STYLE } from './style.ts';
import { adminPage, message, workspace } from './views.ts';
import { notFound, show, viewOf } from './visit.ts';

export type PageTools = Omit<ActionTools, 'sessions'> & Pick<MemberTools, 'people' | 'cas'>;

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
};

export function pages(given: PageTools): Hono {
  const { clock, publicUrl } = given;
  const tools = { ...given, sessions: createSessions(clock, given.random) };
  const app = new Hono();

  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.header(name, value);
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
  });
  app.use(bodyLimit({ maxSize: MAX_FORM_BYTES }));
  app.use(async (c, next) => {
    if (c.req.method === 'POST' && !isOwnForm(c, publicUrl())) return c.text('Cross-site form refused', 403);
    return next();
  });

  app.get('/style.css', (c) =>
    c.body(STYLE, 200, { 'content-type': 'text/css;charset=utf-8', 'cache-control': 'max-age=3600' }),
  );
  app.get('/', (c) => {
    const view = viewOf(c);
    return c.html(message(view, view.say('product'), view.say('slogan')));
  });
  app.get('/t/:tenant', (c) => show(c, tools, (view, tenant, user) => workspace(view, tenant, user, clock())));
  app.get('/admin/:tenant', (c) =>
    show(c, tools, (view, tenant, user) =>
      user.role === 'admin'
        ? adminPage(view, tenant, phaseOf(tenant, clock()), clock())
        : message(view, view.say('administration'), view.say('error.forbidden')),
    ),
  );
  app.route('/', memberPages(tools));
  app.route('/', actions(tools));
  app.notFound(notFound);
  return app;
}
