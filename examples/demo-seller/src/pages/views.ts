/** The pages as HTML. Everything is escaped by `html`; no page holds a script, an outside resource or a password. */
import { html } from 'hono/html';
import { type Phase, planOf, type Tenant, type User } from '../data/tenant.ts';
import type { Language, Say, TextKey } from './texts.ts';

export type Html = ReturnType<typeof html>;

export interface View {
  readonly say: Say;
  readonly language: Language;
  /** The present path, for the language switch. */
  readonly path: string;
  readonly user?: User | undefined;
  readonly notice?: TextKey | undefined;
  readonly error?: TextKey | undefined;
}

export function page(view: View, title: string, content: Html, refreshSeconds?: number): Html {
  const { say, language, path, notice, error } = view;
  const other = language === 'zh' ? 'en' : 'zh';
  return html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refreshSeconds ? html`<meta http-equiv="refresh" content="${refreshSeconds}">` : ''}
<title>${title} · ${say('product')}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a class="brand" href="/">${say('product')}</a>
<nav><a href="${path}?lang=${other}" lang="${other}" hreflang="${other}">${other === 'zh' ? '中文' : 'English'}</a></nav></header>
<main>
<h1>${title}</h1>
${error ? html`<p class="note error" role="alert">${say(error)}</p>` : ''}
${notice ? html`<p class="note" role="status">${say(notice)}</p>` : ''}
${content}
</main>
</body>
</html>`;
}

export const message = (view: View, title: string, text: string, refreshSeconds?: number): Html =>
  page(view, title, html`<p>${text}</p>`, refreshSeconds);

export function signInForm(view: View, action: string, userName: string): Html {
  const { say } = view;
  return page(
    view,
    say('signIn'),
    html`<form class="stack" method="post" action="${action}">
<label>${say('userName')}<input name="userName" value="${userName}" autocomplete="username" required autofocus></label>
<label>${say('password')}<input name="password" type="password" autocomplete="current-password" required></label>
<div><button>${say('signIn')}</button></div>
</form>`,
  );
}

export function workspace(view: View, tenant: Tenant, user: User, nowMs: number): Html {
  const { say } = view;
  const base = `/t/${encodeURIComponent(tenant.instanceId)}`;
  const limit = planOf(tenant, nowMs)?.userLimit ?? 0;
  const isAdmin = user.role === 'admin';
  const full = tenant.users.length >= limit;
  return page(
    view,
    tenant.customerName ?? say('product'),
    html`${user.password.kind === 'initial' ? html`<p class="note" role="status">${say('initialPassword')}</p>` : ''}
<h2>${say('users')}</h2>
<p id="usage">${say('usersOf', { used: tenant.users.length, limit })}</p>
<table><thead><tr><th scope="col">${say('userName')}</th><th scope="col">${say('displayName')}</th><th scope="col">${say('role')}</th><td></td></tr></thead>
<tbody>${tenant.users.map((one) => userRow(view, base, one, isAdmin))}</tbody></table>
${isAdmin ? (full ? html`<p>${say('full')}</p>` : addUserForm(view, base)) : ''}
${passwordForm(view, base)}
<h2>${user.displayName}</h2>
<p>${isAdmin ? html`<a href="/admin/${encodeURIComponent(tenant.instanceId)}">${say('administration')}</a> · ` : ''}<small>${user.userName}</small></p>
<form method="post" action="${base}/sign-out"><button class="quiet">${say('signOut')}</button></form>`,
  );
}

export function adminPage(view: View, tenant: Tenant, phase: Phase, nowMs: number): Html {
  const { say } = view;
  const plan = planOf(tenant, nowMs);
  const expiry =
    tenant.expiresAtMs === null
      ? say('noExpiry')
      : new Date(tenant.expiresAtMs).toISOString().slice(0, 19).replace('T', ' ');
  const facts: [TextKey, string][] = [
    ['state', say(`phase.${phase}`)],
    ['productName', plan?.productName ?? '–'],
    ['userLimit', say('usersOf', { used: tenant.users.length, limit: plan?.userLimit ?? 0 })],
    ['expiresAt', expiry],
    ['order', tenant.orderLineId ?? tenant.orderId],
    ['contact', tenant.contact ?? '–'],
    ['instance', tenant.instanceId],
  ];
  return page(
    view,
    say('administration'),
    html`<h2>${say('plan')}</h2>
<table><tbody>${facts.map(([name, value]) => html`<tr><th scope="row">${say(name)}</th><td>${value}</td></tr>`)}</tbody></table>
<p><a href="/t/${encodeURIComponent(tenant.instanceId)}">${say('workspace')}</a></p>`,
  );
}

function userRow({ say }: View, base: string, user: User, mayRemove: boolean): Html {
  const removal = html`<form class="inline" method="post" action="${base}/users/remove"><input type="hidden" name="userName" value="${user.userName}">
<button class="quiet" aria-label="${say('remove', { name: user.userName })}">${say('removeShort')}</button></form>`;
  return html`<tr><td>${user.userName}</td><td>${user.displayName}</td><td>${say(user.role)}</td>
<td>${mayRemove && user.role !== 'admin' ? removal : ''}</td></tr>`;
}

function addUserForm({ say }: View, base: string): Html {
  return html`<h2>${say('addUser')}</h2>
<form class="stack" method="post" action="${base}/users">
<label>${say('userName')}<input name="userName" autocomplete="off" required maxlength="32"></label>
<label>${say('displayName')}<input name="displayName" autocomplete="off" required maxlength="40"></label>
<label>${say('password')}<input name="password" type="password" autocomplete="new-password" required minlength="10" maxlength="200"><small>${say('passwordRule')}</small></label>
<div><button>${say('add')}</button></div>
</form>`;
}

function passwordForm({ say }: View, base: string): Html {
  return html`<h2>${say('changePassword')}</h2>
<form class="stack" method="post" action="${base}/password">
<label>${say('current')}<input name="current" type="password" autocomplete="current-password" required></label>
<label>${say('next')}<input name="next" type="password" autocomplete="new-password" required minlength="10" maxlength="200"><small>${say('passwordRule')}</small></label>
<div><button>${say('save')}</button></div>
</form>`;
}
