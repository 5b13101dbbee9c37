/**
 * The CAS form of V1.0 products (saas-v1.md 6.7): login, validation, logout. Only the address of the validation is printed;
 * what it answers is the CAS Protocol 3.0's, with the members of saas-v2.md 11.3 as attributes.
 */
import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie } from 'hono/cookie';
import { endMemberSession, MEMBER_COOKIE } from '../../directory/index.ts';
import {
  CAS_PATH,
  describeRefusal,
  entryByService,
  isAfterLogout,
  issueTicket,
  publishedUser,
  redeemTicket,
  SESSION_COOKIE,
  type TicketResult,
} from '../../people/index.ts';
import type { AppEnv } from '../http.ts';
import { type SignOnContext, signInPath } from './context.ts';
import { faultPage, languageOf, refusalPage, signedOutPage } from './pages.ts';

export function casForms({ platform, limits, member }: SignOnContext): Hono<AppEnv> {
  const app = new Hono<AppEnv>();

  app.get('/login', async (c) => {
    const limited = limits.page(c);
    if (limited) return limited;
    const service = c.req.query('service') ?? '';
    if (asks(c, 'renew') || !URL.canParse(service)) return faulty(c);
    const found = await member(c);
    if (!found) return c.redirect(signInPath(`${CAS_PATH}/login?${new URLSearchParams({ service })}`));
    const entry = await entryByService(platform, service, found);
    if (!entry.ok)
      return c.html(
        refusalPage(languageOf(c.req.header('accept-language')), entry.code),
        entry.code === 'APPLICATION_UNKNOWN' ? 404 : 403,
      );
    const target = new URL(service);
    target.searchParams.set('ticket', await issueTicket(platform, entry.entry, { service, token: found.token }));
    return c.redirect(target.href);
  });

  app.get('/p3/serviceValidate', async (c) => {
    const limited = limits.token(c, new Uint8Array());
    if (limited) return limited;
    const { service = '', ticket = '' } = c.req.query();
    const asJson = (c.req.query('format') ?? '').toUpperCase() === 'JSON';
    const answer =
      service === '' || ticket === '' || asks(c, 'renew')
        ? failure('INVALID_REQUEST', 'service and ticket are needed; renew is not served')
        : answerOf(await redeemTicket(platform, ticket, service));
    if (asJson) return c.json({ serviceResponse: answer });
    return c.body(xmlOf(answer), 200, { 'content-type': 'application/xml;charset=utf-8' });
  });

  app.get('/logout', async (c) => {
    const limited = limits.page(c);
    if (limited) return limited;
    const token = getCookie(c, MEMBER_COOKIE);
    if (token !== undefined) await endMemberSession(platform.db, token);
    for (const name of [MEMBER_COOKIE, SESSION_COOKIE]) deleteCookie(c, name, { path: '/' });
    const service = c.req.query('service') ?? '';
    if (await isAfterLogout(platform, service)) return c.redirect(service);
    return c.html(signedOutPage(c.req.header('accept-language') ?? ''));
  });
  return app;
}

const asks = (c: Context<AppEnv>, name: string): boolean => !['', 'false'].includes(c.req.query(name) ?? '');

const faulty = (c: Context<AppEnv>) =>
  c.html(
    faultPage(
      c.req.header('accept-language') ?? '',
      'INVALID_REQUEST',
      'service is no address, or renew is asked for, which is not served',
    ),
    400,
  );

type Answer =
  | {
      readonly authenticationSuccess: { readonly user: string; readonly attributes: ReturnType<typeof publishedUser> };
    }
  | { readonly authenticationFailure: { readonly code: string; readonly description: string } };

const failure = (code: string, description: string): Answer => ({ authenticationFailure: { code, description } });

/** CAS 3.0, 2.5.3; a refusal of E-39 is a ticket that is good no more, and says why. */
function answerOf(result: TicketResult): Answer {
  if (result.ok) {
    const attributes = publishedUser(result.entry);
    return { authenticationSuccess: { user: attributes.userName, attributes } };
  }
  if (result.code === 'TICKET') return failure('INVALID_TICKET', 'the ticket is unknown, was used or has expired');
  if (result.code === 'SERVICE') return failure('INVALID_SERVICE', 'the ticket was given for another service');
  if (result.code === 'SIGNED_OUT') return failure('INVALID_TICKET', 'SIGNED_OUT: the member has signed out');
  return failure('INVALID_TICKET', describeRefusal(result.code));
}

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

function xmlOf(answer: Answer): string {
  const content =
    'authenticationSuccess' in answer
      ? `<cas:authenticationSuccess><cas:user>${escaped(answer.authenticationSuccess.user)}</cas:user><cas:attributes>${Object.entries(
          answer.authenticationSuccess.attributes,
        )
          .map(([name, value]) => `<cas:${name}>${escaped(value)}</cas:${name}>`)
          .join('')}</cas:attributes></cas:authenticationSuccess>`
      : `<cas:authenticationFailure code="${escaped(answer.authenticationFailure.code)}">${escaped(
          answer.authenticationFailure.description,
        )}</cas:authenticationFailure>`;
  return `<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">${content}</cas:serviceResponse>`;
}
