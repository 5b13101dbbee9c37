/** Routes of the workplace, where members of enterprises sign in: a session of its own beside that of the consoles. */
import type { JoinInvitationView, JoiningInput, MemberSessionView, TilesView } from '@jishi/marketplace/console-api';
import { queryOptions } from '@tanstack/react-query';
import { createHttp } from './http.ts';
import { hasCode } from './problem.ts';

const http = createHttp({ fetch: (url, init) => window.fetch(url, init) });
const at = (path: string): string => `/api/member/${path}`;

export const memberSessionQuery = queryOptions({
  queryKey: ['workplace', 'session'],
  queryFn: async ({ signal }): Promise<MemberSessionView | null> => {
    try {
      return remember(await http.get<MemberSessionView>(at('session'), {}, signal));
    } catch (error) {
      if (hasCode(error, 'UNAUTHENTICATED')) return remember(null);
      throw error;
    }
  },
});
export const tilesQuery = queryOptions({
  queryKey: ['workplace', 'tiles'],
  queryFn: ({ signal }): Promise<TilesView> => http.get(at('tiles'), {}, signal),
});
export const joinQuery = (code: string) =>
  queryOptions({
    queryKey: ['workplace', 'join', code],
    queryFn: ({ signal }): Promise<JoinInvitationView> =>
      http.get(at(`invitations/${encodeURIComponent(code)}`), {}, signal),
    retry: false,
  });

export const signInMember = async (account: string, password: string): Promise<MemberSessionView | null> =>
  remember(await http.post<MemberSessionView>(at('session'), { account, password }));
export async function signOutMember(): Promise<void> {
  await http.remove(at('session'));
  remember(null);
}
export const changeMemberPassword = async (current: string, next: string): Promise<MemberSessionView | null> =>
  remember(await http.post<MemberSessionView>(at('session/password'), { current, next }));
/** @returns the new member, signed in */
export const join = async (code: string, input: JoiningInput): Promise<MemberSessionView | null> =>
  remember(await http.post<MemberSessionView>(at(`invitations/${encodeURIComponent(code)}`), input));

/** An application is entered by an address of the server, which leads on to the product (E-38). */
export const entryUrl = (applicationId: string): string => `/api/v1/oauth2/enter/${encodeURIComponent(applicationId)}`;

function remember(session: MemberSessionView | null): MemberSessionView | null {
  http.setCsrfToken(session?.csrfToken ?? null);
  return session;
}
