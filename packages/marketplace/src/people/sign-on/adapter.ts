/**
 * Where the authorisation server keeps its artefacts. Each row is found by a hash and sealed: neither a copy of the table nor a
 * look into it gives anybody a code or a token. They expire by the marketplace's clock; a session of somebody lives as long
 * as the session of the workplace whose mark it bears, and codes and tokens live as long as their session.
 */
import { createHash } from 'node:crypto';
import type { Adapter, AdapterPayload, errors as Errors } from 'oidc-provider';
import { memberOfMark } from '../../directory/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/database/database.ts';
import type { KeyRing } from '../../platform/key-ring.ts';
import { clientOf } from './client.ts';
import { ARTEFACT_PURPOSE } from './schema.ts';
import * as store from './store.ts';

export interface ArtefactContext {
  readonly db: Db;
  readonly keys: KeyRing;
  readonly clock: Clock;
}

const isPayload = (value: unknown): value is AdapterPayload => typeof value === 'object' && value !== null;
const hash = (id: string): string => createHash('sha256').update(id).digest('base64url');
/** What an artefact is found by. */
export const artefactHash = (kind: string, id: string): string => hash(`${kind}:${id}`);

/** @param kind the name of the library's model, e.g. `AccessToken` */
export function artefacts(context: ArtefactContext, kind: string, errors: typeof Errors): Adapter {
  const { db, keys, clock } = context;
  const find = async (name: 'id' | 'uid', value: string): Promise<AdapterPayload | undefined> => {
    const found = await store.artefactBy(db, name, hash(`${kind}:${value}`), clock.now());
    if (!found) return undefined;
    const payload: unknown = JSON.parse(keys.open(found.sealed, ARTEFACT_PURPOSE));
    if (!isPayload(payload)) throw new Error(`an artefact of kind ${kind} is no object`);
    if (kind === 'Session' && !(await isAtWorkplace(payload))) return undefined;
    return found.consumedAt ? { ...payload, consumed: Math.floor(found.consumedAt.getTime() / 1000) } : payload;
  };
  const isAtWorkplace = async ({ uid, accountId }: AdapterPayload): Promise<boolean> =>
    accountId === undefined || (await memberOfMark(db, uid ?? '', clock.now()))?.memberId === accountId;
  return {
    async upsert(id, payload, expiresIn = 0) {
      const { grantId, uid, accountId } = payload;
      await store.saveArtefact(
        db,
        {
          id: hash(`${kind}:${id}`),
          kind,
          sealed: keys.seal(JSON.stringify(payload), ARTEFACT_PURPOSE),
          grantId: grantId === undefined ? null : grantHash(grantId),
          uid: uid === undefined ? null : hash(`${kind}:${uid}`),
          memberId: accountId ?? null,
        },
        new Date(clock.now().getTime() + expiresIn * 1000),
      );
    },
    find: (id) => (kind === 'Client' ? clientOf(context, id) : find('id', id)),
    findByUid: (uid) => find('uid', uid),
    // of device flows, which are off
    findByUserCode: () => Promise.resolve(undefined),
    async consume(id) {
      if (await store.consumeArtefact(db, hash(`${kind}:${id}`), clock.now())) return;
      // somebody else was faster: one of the two has stolen it, so what came of it ends too (RFC 6749 4.1.2)
      const payload = await find('id', id);
      if (payload?.grantId !== undefined) await revokeGrant(db, payload.grantId);
      throw new errors.InvalidGrant('already used');
    },
    destroy: (id) => store.deleteArtefact(db, hash(`${kind}:${id}`)),
    revokeByGrantId: (grantId) => revokeGrant(db, grantId),
  };
}

const grantHash = (grantId: string): string => hash(`Grant:${grantId}`);

/** Every code and token that came of one sign-in ends. */
export const revokeGrant = (db: Db, grantId: string): Promise<void> => store.deleteGrant(db, grantHash(grantId));
