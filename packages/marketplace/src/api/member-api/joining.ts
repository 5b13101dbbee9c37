/** Joining an enterprise by an invitation: open to whoever has the code, limited as failed sign-ins are (E-13a). */

import type { Origin } from '../../directory/index.ts';
import {
  directoryChanged,
  joinByInvitation,
  type MemberSession,
  memberSession,
  openInvitation,
} from '../../directory/index.ts';
import { writeAudit } from '../../platform/audit.ts';
import { inTransaction } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import type { JoinInvitationView, JoiningInput } from './schemas.ts';

export async function showInvitation(platform: Platform, code: string): Promise<Result<JoinInvitationView>> {
  const found = await openInvitation(platform.db, code, platform.clock.now());
  if (!found) return over();
  const { name, shortName } = found.enterprise;
  const { departmentName, expiresAt } = found.invitation;
  return ok({ enterpriseName: name, shortName, departmentName, expiresAt: expiresAt.toISOString() });
}

/** @returns the new member, signed in; whoever keeps a copy of the directory is told (E-32) */
export async function join(
  platform: Platform,
  code: string,
  asked: JoiningInput,
  from: Origin,
): Promise<Result<MemberSession>> {
  const now = platform.clock.now();
  const joined = await inTransaction(platform.db, async (tx) => {
    const made = await joinByInvitation(platform.random, tx, code, asked, now);
    if (!made.ok) return made;
    const { enterpriseId, memberId } = made.value;
    const actor = `member:${memberId}`;
    const object = `enterprise:${enterpriseId} ${actor}`;
    const entry = { ...from, actor, role: 'EM', action: 'member.join', object, result: 'done' as const, traceId: null };
    await writeAudit(tx, entry, now);
    await directoryChanged(platform, tx, enterpriseId, actor, now);
    const session = await memberSession(platform.random, tx, memberId, now);
    return session ? ok(session) : over();
  });
  if (joined.ok) platform.wake.kick();
  return joined;
}

const over = () => refuse('INVITATION_OVER', 'E-13a: this invitation can not be used (any more)');
