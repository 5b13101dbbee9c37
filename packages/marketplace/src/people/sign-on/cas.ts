/**
 * The CAS form of single sign-on (saas-v1.md 6.7): a ticket for a service address, which the product exchanges for the user.
 * A ticket is an artefact like a code: found by a hash, sealed, good for five minutes and one use.
 */
import { z } from 'zod';
import { markOfSession, memberOfMark } from '../../directory/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { applicationById, applicationsOf, credentialsOf } from '../store.ts';
import { artefactHash } from './adapter.ts';
import { afterLogout } from './client.ts';
import { type Entry, type EntryResult, entryOf } from './entry.ts';
import { countSignIn, LIFETIMES } from './provider.ts';
import { ARTEFACT_PURPOSE } from './schema.ts';
import * as store from './store.ts';

/** Below the tenant's domain; the printed address is `/p3/serviceValidate` under it. */
export const CAS_PATH = '/api/v1/cas';
const KIND = 'ServiceTicket';
/** 168 bits, 31 characters: every client takes 32 (CAS 3.0, 3.1.1). */
const TICKET_BYTES = 21;

const payloadSchema = z.object({
  applicationId: z.string(),
  memberId: z.string(),
  service: z.string(),
  mark: z.string(),
});

/**
 * A service is the login address of a product, with the member's tenant in its query; what else stands there is the product's.
 * An enterprise may have several instances of a product (E-3a): the first that lets the member in.
 */
export async function entryByService(
  { db }: Pick<Platform, 'db'>,
  service: string,
  { enterpriseId, memberId }: { readonly enterpriseId: string; readonly memberId: string },
): Promise<EntryResult> {
  let refused: EntryResult = { ok: false, code: 'APPLICATION_UNKNOWN' };
  if (!URL.canParse(service) || new URL(service).searchParams.get('tenant') !== enterpriseId) return refused;
  const applications = await applicationsOf(db, enterpriseId);
  const credentials = await credentialsOf(
    db,
    applications.map(({ goodsId }) => goodsId),
  );
  for (const application of applications) {
    if (!isAt(service, credentials.get(application.goodsId)?.loginUrl ?? '')) continue;
    const result = await entryOf(db, application, memberId);
    if (result.ok) return result;
    refused = result;
  }
  return refused;
}

/** Whether the service lies at this login address. Pure. */
export function isAt(service: string, loginUrl: string): boolean {
  if (!URL.canParse(service) || !URL.canParse(loginUrl)) return false;
  const [one, other] = [new URL(service), new URL(loginUrl)];
  return one.origin === other.origin && one.pathname === other.pathname && one.username === '' && one.password === '';
}

/** @param token of the workplace's session: a ticket is good as long as that */
export async function issueTicket(
  { db, keys, random, clock }: Pick<Platform, 'db' | 'keys' | 'random' | 'clock'>,
  { application, member }: Entry,
  { service, token }: { readonly service: string; readonly token: string },
): Promise<string> {
  const ticket = `ST-${Buffer.from(random.bytes(TICKET_BYTES)).toString('base64url')}`;
  const { applicationId } = application;
  const payload = { applicationId, memberId: member.memberId, service, mark: markOfSession(token) };
  const artefact = {
    id: artefactHash(KIND, ticket),
    kind: KIND,
    sealed: keys.seal(JSON.stringify(payload), ARTEFACT_PURPOSE),
    ...{ grantId: null, uid: null, memberId: member.memberId },
  };
  const expiresAt = new Date(clock.now().getTime() + LIFETIMES.AuthorizationCode * 1000);
  await store.saveArtefact(db, artefact, expiresAt);
  return ticket;
}

export type TicketResult =
  | EntryResult
  /** unknown, used before or expired; of another service; the member has signed out since */
  | { readonly ok: false; readonly code: 'TICKET' | 'SERVICE' | 'SIGNED_OUT' };

/** Whose ticket this is. It is used up by being asked for, whatever the answer (CAS 3.0, 2.5). */
export async function redeemTicket(platform: Platform, ticket: string, service: string): Promise<TicketResult> {
  const { db, keys, clock } = platform;
  const now = clock.now();
  const id = artefactHash(KIND, ticket);
  const found = await store.artefactBy(db, 'id', id, now);
  if (!found || !(await store.consumeArtefact(db, id, now))) return { ok: false, code: 'TICKET' };
  const known = payloadSchema.parse(JSON.parse(keys.open(found.sealed, ARTEFACT_PURPOSE)));
  if (!URL.canParse(service) || new URL(service).href !== new URL(known.service).href)
    return { ok: false, code: 'SERVICE' };
  const application = await applicationById(db, known.applicationId);
  if (!application) return { ok: false, code: 'APPLICATION_UNKNOWN' };
  const result = await entryOf(db, application, known.memberId);
  if (!result.ok) return result;
  if ((await memberOfMark(db, known.mark, now))?.memberId !== known.memberId) return { ok: false, code: 'SIGNED_OUT' };
  await countSignIn(platform, application.applicationId, known.memberId);
  return result;
}

/** After signing out the browser may go to the login address of a product, or to the front page of its server. */
export async function isAfterLogout({ db }: Pick<Platform, 'db'>, service: string): Promise<boolean> {
  if (!URL.canParse(service)) return false;
  const addresses = await store.loginAddressesAt(db, new URL(service).origin);
  return addresses.some((address) => isAt(service, address) || afterLogout(address).includes(service));
}
