/** A patient person at the console API: repeats with the same key until there is an answer, whatever happens to the server. */
import { randomUUID } from 'node:crypto';
import { csrfToken } from '../../packages/marketplace/src/directory/index.ts';
import { until } from './until.ts';

/** While processes are killed and started on a busy machine nobody may answer for a minute. */
const PATIENCE_MS = 150_000;

/** @returns the text of the answer; throws what the server refuses */
export const patientClient =
  (url: string, token: string) =>
  (path: string, body: object): Promise<string> => {
    const key = randomUUID();
    return until(
      `an answer to ${path}`,
      async () => {
        const answer = await fetch(`${url}${path}`, {
          method: 'POST',
          headers: {
            cookie: `jishi_session=${token}`,
            'x-csrf-token': csrfToken(token),
            'content-type': 'application/json',
            'idempotency-key': key,
          },
          body: JSON.stringify(body),
        }).catch(() => null);
        if (answer === null || answer.status >= 500) return null;
        const reply = await answer.text().catch(() => null);
        if (reply === null || reply.includes('"IDEMPOTENCY_IN_FLIGHT"')) return null;
        if (!answer.ok) throw new Error(`${path}: ${reply}`);
        return reply;
      },
      PATIENCE_MS,
    );
  };
export type PatientClient = ReturnType<typeof patientClient>;
