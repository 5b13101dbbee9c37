/** What the forms do: sign in and out, add and remove users, change the password. */
import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { fits, hashPassword, MAX_PASSWORD, MIN_PASSWORD, type RandomBytes } from '../data/passwords.ts';
import { addUser, findUser, removeUser, setPassword, type User } from '../data/tenant.ts';
import { form } from './form.ts';
import type { TextKey } from './texts.ts';
import { signInForm } from './views.ts';
import { type Area, activeTenant, asUser, back, pathOf, SESSION_COOKIE, type VisitTools, viewOf } from './visit.ts';

export interface ActionTools extends VisitTools {
  readonly random: RandomBytes;
  readonly publicUrl: () => string;
}

export function actions(tools: ActionTools): Hono {
  const app = new Hono();
  signInAction(app, 't', tools);
  signInAction(app, 'admin', tools);
  userActions(app, tools);
  app.post('/t/:tenant/sign-out', (c) => {
    tools.sessions.close(getCookie(c, SESSION_COOKIE));
    return back(c, 'notice=signed-out');
  });
  return app;
}

function signInAction(app: Hono, area: Area, tools: ActionTools): void {
  const { sessions, publicUrl } = tools;
  app.post(`/${area}/:tenant/sign-in`, async (c) => {
    const tenant = activeTenant(c, tools);
    if (!tenant) return back(c);
    const { userName, password } = await form(c);
    const { instanceId } = tenant;
    const path = pathOf(area, instanceId);
    const retry = (error: TextKey, status: 401 | 429) =>
      c.html(signInForm({ ...viewOf(c), path, error }, `${path}/sign-in`, userName), status);

    if (!sessions.mayTry(instanceId, userName)) return retry('error.locked', 429);
    const user = findUser(tenant, userName);
    if (!user || !(await fits(password, user.password))) {
      sessions.failed(instanceId, userName);
      return retry('error.credentials', 401);
    }
    sessions.succeeded(instanceId, userName);
    const token = sessions.open(instanceId, user.userName);
    const secure = publicUrl().startsWith('https:');
    setCookie(c, SESSION_COOKIE, token, { httpOnly: true, sameSite: 'Lax', path: '/', secure });
    return c.redirect(path, 303);
  });
}

function userActions(app: Hono, tools: ActionTools): void {
  const { tenants, clock, random } = tools;

  app.post('/t/:tenant/users', (c) =>
    asUser(c, tools, async (tenant, user) => {
      if (user.role !== 'admin') return 'error=forbidden';
      const { userName, displayName, password } = await form(c);
      if (!isPassword(password)) return 'error=password';
      const member: User = { userName, displayName, role: 'member', password: await hashPassword(password, random) };
      let outcome = 'notice=added';
      // Decided on the tenant as it is now: others may have been added while the password was hashed.
      await tenants.update(tenant.instanceId, (current) => {
        const added = addUser(current, member, clock());
        if ('tenant' in added) return added.tenant;
        outcome = `error=${added.problem}`;
        return current;
      });
      return outcome;
    }),
  );

  app.post('/t/:tenant/users/remove', (c) =>
    asUser(c, tools, async (tenant, user) => {
      if (user.role !== 'admin') return 'error=forbidden';
      const { userName } = await form(c);
      await tenants.update(tenant.instanceId, (current) => removeUser(current, userName));
      return 'notice=removed';
    }),
  );

  app.post('/t/:tenant/password', (c) =>
    asUser(c, tools, async (tenant, user) => {
      const { current, next } = await form(c);
      if (!(await fits(current, user.password))) return 'error=current';
      if (!isPassword(next)) return 'error=password';
      const password = await hashPassword(next, random);
      await tenants.update(tenant.instanceId, (latest) => setPassword(latest, user.userName, password));
      return 'notice=password';
    }),
  );
}

const isPassword = (text: string): boolean => text.length >= MIN_PASSWORD && text.length <= MAX_PASSWORD;
