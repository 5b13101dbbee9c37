/** How members come in: with a code that gives tokens (saas-v2.md 11), or with a ticket of CAS (saas-v1.md 6.7). */
import { casSignOn, type SignedOnUser, type SignOnFailure, type SignOnSession, signOn } from '@jishi/seller';
import type { People } from '../product/people.ts';

/** Asked with each page: is it still this user, and may it still come in? */
export type Again = () => Promise<Inside | SignOnFailure>;
export interface Inside {
  readonly ok: true;
  readonly user: SignedOnUser;
  readonly again: Again;
}
/** As the kit tells of them. */
export interface KnownUsers {
  users(tenantId: string): readonly { readonly userName: string }[];
}
export interface Door {
  arrive(
    request: Request,
  ): Promise<
    | (Inside & { readonly tenantId: string })
    | SignOnFailure
    | { readonly ok: false; readonly kind: 'begin'; readonly url: string }
  >;
  logoutUrl(tenantId: string): Promise<string | null>;
}

export function codeDoor(people: Pick<People, 'client'>, clock: () => number): Door {
  const login = signOn({ client: people.client, clock });
  const inside = (user: SignedOnUser, session: SignOnSession): Inside => ({
    ok: true,
    user,
    async again() {
      const result = await login.again(session);
      return result.ok ? inside(result.user, result.session) : result;
    },
  });
  return {
    async arrive(request) {
      const result = await login.handle(request);
      return result.ok ? { ...inside(result.user, result.session), tenantId: result.session.tenantId } : result;
    },
    logoutUrl: login.logoutUrl,
  };
}

/** A ticket is gone once it was shown, so what the kit has told of users says who may stay. */
export function casDoor(people: Pick<People, 'client'> & KnownUsers, service: () => string): Door {
  const login = () =>
    casSignOn({ domain: (tenantId) => people.client(tenantId)?.domainName ?? null, service: service() });
  return {
    async arrive(request) {
      const result = await login().handle(request);
      if (!result.ok) return result;
      const { user, tenantId } = result;
      const again: Again = async () =>
        people.users(tenantId).some(({ userName }) => userName === user.userName)
          ? { ok: true, user, again }
          : { ok: false, kind: 'refused', code: 'WITHDRAWN', message: 'NOT_AUTHORISED: withdrawn by authSync' };
      return { ok: true, user, tenantId, again };
    },
    logoutUrl: (tenantId) => login().logoutUrl(tenantId),
  };
}
