/** The plainest call of a dialect beside the same call for an activity that does not exist. */
import type { LicenseDialect } from '@jishi/protocol';
import type { Session } from '../case.ts';
import { freshId } from '../saas-v1/parameters.ts';
import { askByGet, askByPost, type Members } from './calls.ts';
import { fingerprint } from './fingerprint.ts';
import { application, codeRelease, codeRenewal, codeStatus, freshCode, order, purchase, release } from './members.ts';
import { type AnyReply, isVerified, isWellFormed, readReply } from './reply.ts';

export interface Probe {
  readonly members: Members;
  readonly valid: AnyReply;
  readonly nonsense: AnyReply;
}

export type Probes = Readonly<Record<LicenseDialect, Probe>>;

/** In the form of an activity's name, so that nothing but its being unknown can be the matter. */
export const UNKNOWN_ACTIVITY = 'jishiConformance';

export function isTreatedApart({ valid, nonsense }: Probe): boolean {
  return fingerprint(valid) !== fingerprint(nonsense);
}

/**
 * A licence is bought by times or by the year, whichever the seller takes. Where getLicense is treated like nonsense another
 * activity may not be.
 */
export async function probeGet(session: Session): Promise<Probe> {
  const oneTime = await probeGetActivity(session, 'getLicense', purchase(session, 'one-time'));
  if (isVerified(oneTime.valid) || isTreatedApart(oneTime) || !isWellFormed(oneTime.valid)) return oneTime;
  const yearly = await probeGetActivity(session, 'getLicense', purchase(session, 'year'));
  if (isTreatedApart(yearly)) return yearly;
  const instanceId = session.uuid();
  const other = await probeGetActivity(session, 'releaseLicense', release(instanceId, freshId(session)));
  return isTreatedApart(other) ? other : oneTime;
}

async function probeGetActivity(
  session: Session,
  activity: 'getLicense' | 'releaseLicense',
  members: Members,
): Promise<Probe> {
  const label = `GET, an activity that does not exist, with the members of ${activity}`;
  const [valid, nonsense] = await Promise.all([
    askByGet(session, activity, members, activity),
    askByGet(session, activity, { ...members, activity: UNKNOWN_ACTIVITY }, label),
  ]);
  return { members, valid, nonsense };
}

/** The address itself, called like a page. */
export async function callBare(session: Session): Promise<AnyReply> {
  const request = {
    method: 'GET' as const,
    url: session.target.href,
    headers: {},
    body: null,
    label: 'GET, without parameters',
  };
  return readReply('getLicense', await session.call(request), { key: session.accessKey });
}

/** A seller may have left out some activities: the first that it treats apart stands for the dialect, else the first of all. */
export async function probePost(session: Session, dialect: Exclude<LicenseDialect, 'identification'>): Promise<Probe> {
  const [plainest, ...others] = PLAINEST[dialect];
  const probe = await probeActivity(session, plainest);
  if (isTreatedApart(probe)) return probe;
  for (const other of others) {
    const again = await probeActivity(session, other);
    if (isTreatedApart(again)) return again;
  }
  return probe;
}

type PostActivity =
  | 'refreshLicenseCode'
  | 'updateLicenseCodeStatus'
  | 'releaseLicenseCode'
  | 'newInstance'
  | 'getLicenseAsync';

const PLAINEST = {
  code: ['refreshLicenseCode', 'updateLicenseCodeStatus', 'releaseLicenseCode'],
  provisioning: ['newInstance', 'getLicenseAsync'],
} as const;

async function probeActivity(session: Session, activity: PostActivity): Promise<Probe> {
  const members = plainMembers(session, activity);
  const label = `POST, an activity that does not exist, with the members of ${activity}`;
  const [valid, nonsense] = await Promise.all([
    askByPost(session, activity, members, activity),
    askByPost(session, activity, { ...members, activity: UNKNOWN_ACTIVITY }, label),
  ]);
  return { members, valid, nonsense };
}

/** A call that lacks nothing, for a code or an instance that nobody has. */
function plainMembers(session: Session, activity: PostActivity): Members {
  switch (activity) {
    case 'refreshLicenseCode':
      return codeRenewal(session, freshCode(session));
    case 'updateLicenseCodeStatus':
      return codeStatus(freshCode(session), 'FREEZE');
    case 'releaseLicenseCode':
      return codeRelease(session, freshCode(session), 'refund');
    case 'newInstance':
      return order(session);
    case 'getLicenseAsync':
      return application(session, session.uuid());
  }
}
