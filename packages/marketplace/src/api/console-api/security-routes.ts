/** One's own account: second factor, open sessions, identity at the company's provider. */
import type { Hono } from 'hono';
import { z } from 'zod';
import {
  confirmFactor,
  endSession,
  endSessions,
  enrolFactor,
  factorDue,
  factorState,
  identityOf,
  type OpenSession,
  removeFactor,
  renewRecoveryCodes,
  sessionIdOf,
  sessionsOf,
  tokenHash,
  unlinkIdentity,
} from '../../directory/index.ts';
import { writeAudit } from '../../platform/audit.ts';
import { inTransaction } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import type { AppEnv } from '../http.ts';
import { browserOf } from './security-browser.ts';
import { type OwnCall, ownCommand, ownRead } from './security-call.ts';
import * as schemas from './security-schemas.ts';

const nothing = z.strictObject({});

export function securityRoutes(app: Hono<AppEnv>, platform: Platform): void {
  const { db, config } = platform;
  app.get(
    '/session/security',
    ownRead(platform, async (call) => ok(await securityOf(platform, call))),
  );
  app.post(
    '/session/second-factor',
    ownCommand(platform, schemas.passwordBody, (call, { password }) =>
      enrolFactor(platform, call, { password, issuer: new URL(config.publicUrl).host }),
    ),
  );
  app.post(
    '/session/second-factor/confirmation',
    ownCommand(platform, schemas.codeBody, async (call, { code }) =>
      codesOf(await confirmFactor(platform, call, { code, token: call.token })),
    ),
  );
  app.post(
    '/session/second-factor/recovery-codes',
    ownCommand(platform, schemas.passwordAndCode, async (call, proof) =>
      codesOf(await renewRecoveryCodes(platform, call, proof)),
    ),
  );
  app.post(
    '/session/second-factor/removal',
    ownCommand(platform, schemas.passwordAndCode, (call, proof) => removeFactor(platform, call, proof)),
  );
  app.post(
    '/session/ended',
    ownCommand(platform, schemas.sessionBody, (call, { sessionId }) =>
      inTransaction(db, async (tx) => {
        if (!(await endSession(tx, call.by.userId, sessionId)))
          return refuse('NOT_FOUND', 'there is no such session of yours');
        await writeAudit(tx, entryOf(call, 'session.end', `session:${sessionId}`), call.now);
        return ok({ ended: 1 });
      }),
    ),
  );
  app.post(
    '/session/others-ended',
    ownCommand(platform, nothing, (call) =>
      inTransaction(db, async (tx) => {
        const ended = await endSessions(tx, call.by.userId, tokenHash(call.token));
        await writeAudit(tx, entryOf(call, 'session.end-others', `user:${call.by.userId}`), call.now);
        return ok({ ended });
      }),
    ),
  );
  app.post(
    '/session/identity/removal',
    ownCommand(platform, nothing, (call) =>
      inTransaction(db, (tx) =>
        unlinkIdentity(tx, call.by, config.identityProvider?.issuer ?? '', call.now, call.from),
      ),
    ),
  );
}

async function securityOf({ db, config }: Platform, { by, token, now }: OwnCall): Promise<schemas.AccountSecurityView> {
  const factor = await factorState({ db }, by.userId);
  const provider = config.identityProvider;
  const identity = provider && (await identityOf(db, by.userId, provider.issuer));
  const current = sessionIdOf(tokenHash(token));
  return {
    secondFactor: {
      since: factor.since?.toISOString() ?? null,
      recoveryCodesLeft: factor.recoveryCodesLeft,
      due: factorDue(by, config.secondFactor),
    },
    sessions: (await sessionsOf(db, by.userId, now)).map((session) => present(session, current)),
    identityProvider: provider && {
      name: provider.name,
      identity: identity && {
        email: identity.email,
        linkedAt: identity.linkedAt.toISOString(),
        lastUsedAt: identity.lastUsedAt?.toISOString() ?? null,
      },
    },
  };
}

const present = ({ agent, ...session }: OpenSession, current: string): schemas.OwnSessionView => ({
  ...session,
  ...browserOf(agent),
  createdAt: session.createdAt.toISOString(),
  lastUsedAt: session.lastUsedAt.toISOString(),
  expiresAt: session.expiresAt.toISOString(),
  current: session.sessionId === current,
});

const codesOf = (made: Result<string[]>): Result<schemas.RecoveryCodesView> =>
  made.ok ? ok({ codes: made.value }) : made;

const entryOf = ({ by, from }: OwnCall, action: string, object: string) => ({
  ...{ actor: by.userId, role: by.role, ip: from.ip, requestId: from.requestId },
  ...{ action, object, result: 'done' as const, traceId: null },
});
