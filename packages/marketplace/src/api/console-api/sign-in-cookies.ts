/** Cookies of a sign-in: none is read by a script or sent along from another site's form. */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Entered } from '../../directory/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { type AppEnv, sessionCookie } from '../http.ts';

type Kept = 'session' | 'half' | 'oidc';

/** `__Host-` binds a cookie to this very host over TLS, as that of the session. */
const nameOf = ({ config }: Platform, kept: Kept): string => {
  const session = sessionCookie(config);
  return kept === 'session' ? session : session.replace('session', kept === 'half' ? 'sign_in' : 'oidc');
};
const isSecure = ({ config }: Platform): boolean => config.publicUrl.startsWith('https:');

export function keep(c: Context<AppEnv>, platform: Platform, kept: Kept, value: string, seconds: number): void {
  setCookie(c, nameOf(platform, kept), value, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure: isSecure(platform),
    // not `expires`: a browser goes by its own clock, which a sandbox's may be years away from
    maxAge: Math.max(0, Math.round(seconds)),
  });
}

export const kept = (c: Context<AppEnv>, platform: Platform, which: Kept): string | null =>
  getCookie(c, nameOf(platform, which)) ?? null;

export function forget(c: Context<AppEnv>, platform: Platform, which: Kept): void {
  deleteCookie(c, nameOf(platform, which), { path: '/', secure: isSecure(platform) });
}

/** The session, or what waits for a code: one takes the other's place. */
export function keepEntered(c: Context<AppEnv>, platform: Platform, entered: Entered, now: Date): void {
  const seconds = (entered.expiresAt.getTime() - now.getTime()) / 1000;
  keep(c, platform, entered.kind === 'SIGNED_IN' ? 'session' : 'half', entered.token, seconds);
  if (entered.kind === 'SIGNED_IN' && kept(c, platform, 'half') !== null) forget(c, platform, 'half');
}
