/** A browser without a page: keeps the session, sends cookie, CSRF token and idempotency keys along. */
import { randomUUID } from 'node:crypto';
import { csrfToken, type Role } from '../../packages/marketplace/src/directory/index.ts';
import { tokenHash } from '../../packages/marketplace/src/directory/service.ts';
import { insertSession, insertUser } from '../../packages/marketplace/src/directory/store.ts';
import type { Platform } from '../../packages/marketplace/src/platform/platform.ts';
import { uuid } from '../../packages/marketplace/src/platform/random.ts';

/** An application in memory, or a server: `{ fetch: (request) => fetch(request) }`. */
export interface Answering {
  fetch(request: Request): Response | Promise<Response>;
}
export interface ConsoleClient {
  readonly userId: string;
  readonly token: string;
  /** @param path below /api, e.g. `/console/orders` */
  get(path: string): Promise<Response>;
  /** @param headers replace those that a console sends; an idempotency key of its own unless given */
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

export function consoleClient(
  app: Answering,
  user: { readonly userId: string; readonly token: string },
  origin = 'http://jishi.test',
): ConsoleClient {
  const cookie = `jishi_session=${user.token}`;
  return {
    ...user,
    async get(path) {
      return app.fetch(new Request(`${origin}/api${path}`, { headers: { cookie } }));
    },
    async post(path, body, headers = {}) {
      return app.fetch(
        new Request(`${origin}/api${path}`, {
          method: 'POST',
          headers: {
            cookie,
            'content-type': 'application/json',
            'x-csrf-token': csrfToken(user.token),
            'idempotency-key': randomUUID(),
            ...headers,
          },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
      );
    },
  };
}

/** A new user of a role, signed in without the slow hashing of a password. */
export async function clientAs(
  platform: Platform,
  app: Answering,
  role: Role,
  owner: { readonly buyerId?: string; readonly sellerId?: string; readonly distributorId?: string } = {},
): Promise<ConsoleClient> {
  const now = platform.clock.now();
  const [userId, token] = [uuid(platform.random), uuid(platform.random)];
  await insertUser(
    platform.db,
    {
      userId,
      loginName: `${role}-${userId}`,
      displayName: role,
      passwordHash: 'none',
      role,
      buyerId: owner.buyerId ?? null,
      sellerId: owner.sellerId ?? null,
      distributorId: owner.distributorId ?? null,
    },
    now,
  );
  await insertSession(platform.db, tokenHash(token), userId, now, new Date(now.getTime() + 12 * 3_600_000));
  return consoleClient(app, { userId, token });
}
