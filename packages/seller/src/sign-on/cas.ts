/** The CAS form of signing on, for products of V1.0 (saas-v1.md 6.7): tenant → ticket → user. */
import { isJsonObject } from '@jishi/protocol';
import { asked, below, isSafe, no, textOf, userOfTenant } from './asking.ts';
import type { SignedOnUser, SignOnFailure, SignOnOptions } from './definition.ts';

export interface CasOptions extends Pick<SignOnOptions, 'fetch' | 'timeoutMs' | 'allowHttp'> {
  /** `domainName` of a tenant, as `tenantSync` told it; null for a tenant that was never synchronised. */
  readonly domain: (tenantId: string) => string | null | Promise<string | null>;
  /** Your login address, exactly as it is registered. */
  readonly service: string;
}

export type CasResult =
  | { readonly ok: true; readonly user: SignedOnUser; readonly tenantId: string }
  /** Nobody has shown who it is yet: send the browser there, it comes back with a ticket. */
  | { readonly ok: false; readonly kind: 'begin'; readonly url: string }
  | SignOnFailure;

export interface CasSignOn {
  /** The request that came to your login address, with `tenant` and, on the way back, `ticket`. A ticket works once. */
  handle(request: Request): Promise<CasResult>;
  /** Where the browser goes to end the marketplace's session too. `backTo`: your login address, or the front page of its server. */
  logoutUrl(tenantId: string, backTo?: string): Promise<string | null>;
}

/**
 * CAS gives no token to ask again with: whoever was withdrawn or disabled since is told by `authSync`, so ask your own table
 * of users with each page.
 *
 * @example
 * const login = casSignOn({ domain: (tenantId) => table.get(tenantId) ?? null, service: 'https://product.example.com/login' });
 * const result = await login.handle(request); // https://product.example.com/login?tenant=…&ticket=…
 * if (result.ok) console.log(result.user.name);
 * else if (result.kind === 'begin') console.log('send the browser to', result.url);
 */
export function casSignOn(options: CasOptions): CasSignOn {
  const { domain, service, allowHttp = false } = options;

  async function known(tenantId: string): Promise<{ readonly ok: true; readonly domain: string } | SignOnFailure> {
    const found = tenantId === '' ? null : await domain(tenantId);
    if (found === null)
      return no('refused', 'CLIENT.UNKNOWN_TENANT', `no tenantSync has told of the tenant "${tenantId}"`);
    if (!isSafe(found, allowHttp)) return no('malformed', 'CLIENT.ADDRESS', `the domain ${found} is no https address`);
    return { ok: true, domain: found };
  }

  return {
    async handle(request) {
      const { searchParams } = new URL(request.url);
      const [ticket, tenantId] = [searchParams.get('ticket') ?? '', searchParams.get('tenant') ?? ''];
      const found = await known(tenantId);
      if (!found.ok) return found;
      const own = new URL(service);
      own.searchParams.set('tenant', tenantId);
      const query = new URLSearchParams({ service: own.href });
      if (ticket === '') return { ok: false, kind: 'begin', url: `${below(found.domain, 'cas/login')}?${query}` };
      query.set('ticket', ticket);
      query.set('format', 'JSON');
      const got = await asked({ url: `${below(found.domain, 'cas/p3/serviceValidate')}?${query}`, init: {} }, options);
      if (!got.ok) return got;
      const { serviceResponse: answer } = got.value;
      if (isJsonObject(answer) && isJsonObject(answer.authenticationFailure)) {
        const { code, description } = answer.authenticationFailure;
        return no('refused', textOf(code), textOf(description));
      }
      const success = isJsonObject(answer) ? answer.authenticationSuccess : undefined;
      if (!isJsonObject(success) || !isJsonObject(success.attributes))
        return no('malformed', 'CLIENT.MALFORMED', 'the answer is neither a success nor a failure of CAS');
      const user = userOfTenant(success.attributes, tenantId);
      return user.ok ? { ok: true, user: user.value, tenantId } : user;
    },
    async logoutUrl(tenantId, backTo) {
      const found = await known(tenantId);
      if (!found.ok) return null;
      const query = backTo === undefined ? '' : `?${new URLSearchParams({ service: backTo })}`;
      return `${below(found.domain, 'cas/logout')}${query}`;
    },
  };
}
