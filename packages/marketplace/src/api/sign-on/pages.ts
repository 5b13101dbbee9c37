/** What people read on the way: why they do not get in (E-39), whether to sign out. No script, both languages. */
import { html, raw } from 'hono/html';
import { SIGN_ON_REFUSALS, type SignOnRefusal } from '../../people/index.ts';

type Words = { readonly zh: string; readonly en: string };

export const languageOf = (accepted: string | undefined): keyof Words =>
  /^\s*zh|,\s*zh/i.test(accepted ?? '') && !/^\s*en/i.test(accepted ?? '') ? 'zh' : 'en';

const CANNOT: Words = { zh: '无法登录该应用', en: 'You cannot sign in to this application' };
const BACK: Words = { zh: '返回工作台', en: 'Back to the workplace' };

/** E-39: each refusal with its own words. */
export function refusalPage(language: keyof Words, code: SignOnRefusal): string {
  return page(
    language,
    CANNOT[language],
    html`<p data-code="${code}">${SIGN_ON_REFUSALS[code][language]}</p>${back(language)}`,
  );
}

/** A request of the application itself that is wrong: its developer has to look at it. */
export function faultPage(accepted: string, error: string, description: string): string {
  const language = languageOf(accepted);
  const wrong: Words = {
    zh: '应用发出的登录请求有误，请联系该应用的商家。',
    en: 'The application asked for the sign-in in a wrong way. Please tell its seller.',
  };
  return page(
    language,
    CANNOT[language],
    html`<p>${wrong[language]}</p><p><code data-code="${error}">${error}</code> ${description}</p>${back(language)}`,
  );
}

/** @param form of the authorisation server, without a button */
export function signOutPage(accepted: string, form: string): string {
  const language = languageOf(accepted);
  const title: Words = { zh: '退出登录', en: 'Sign out' };
  const asked: Words = {
    zh: '退出后，您在本平台及其应用的登录都将结束。',
    en: 'This ends your sign-in here and in the applications of the workplace.',
  };
  return page(
    language,
    title[language],
    html`<p>${asked[language]}</p>${raw(form)}
<p><button form="op.logoutForm" name="logout" value="yes">${title[language]}</button> <a href="/workplace">${BACK[language]}</a></p>`,
  );
}

/** @param seconds to wait */
export function limitPage(accepted: string, seconds: number): string {
  const language = languageOf(accepted);
  const title: Words = { zh: '请求过于频繁', en: 'Too many requests' };
  const wait: Words = {
    zh: `来自您网络的登录请求过多，请在 ${seconds} 秒后重试。`,
    en: `Your network has asked too often. Please try again in ${seconds} s.`,
  };
  return page(language, title[language], html`<p data-code="RATE_LIMITED">${wait[language]}</p>${back(language)}`);
}

export function signedOutPage(accepted: string): string {
  const language = languageOf(accepted);
  const title: Words = { zh: '您已退出登录', en: 'You are signed out' };
  const again: Words = { zh: '重新登录', en: 'Sign in again' };
  return page(language, title[language], html`<p><a href="/workplace">${again[language]}</a></p>`);
}

const back = (language: keyof Words) => html`<p><a href="/workplace">${BACK[language]}</a></p>`;

function page(language: keyof Words, title: string, content: unknown): string {
  return String(html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.6 system-ui, 'PingFang SC', 'Microsoft YaHei', sans-serif; max-width: 36rem; margin: 12vh auto 0; padding: 0 1.25rem; }
h1 { font-size: 1.4rem; } code { font-size: .9em; overflow-wrap: anywhere; }
button { font: inherit; padding: .35rem 1rem; margin-right: .75rem; cursor: pointer; }
:focus-visible { outline: 3px solid #d97706; outline-offset: 2px; }
</style></head>
<body><main><h1>${title}</h1>${content}</main></body>
</html>`);
}

/** The printed login address keeps its query behind a `#`, which no server sees: this page hands it over (saas-v2.md 11.1). */
export const PORTAL_PAGE = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>登录 · Sign in</title><script src="portal-login.js"></script></head>
<body><main><h1>登录 · Sign in</h1>
<noscript><p>请启用浏览器的 JavaScript，或从<a href="/workplace">工作台</a>进入应用。</p>
<p lang="en">Please switch on JavaScript, or open the application from the <a href="/workplace">workplace</a>.</p></noscript></main></body></html>
`;

export const PORTAL_SCRIPT = `const [, query = ''] = location.hash.split('?');
location.replace('/api/v1/oauth2/login?' + query);
`;
