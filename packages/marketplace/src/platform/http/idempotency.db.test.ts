/** A request that is sent twice has its effect once: the first answer is replayed, also when both arrive at the same moment. */
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fileDatabase } from '../../../../../tests/support/database.ts';
import { inTransaction, sql } from '../database/database.ts';
import { createKeyRing } from '../key-ring.ts';
import { systemRandom } from '../random.ts';
import { claimKey, fingerprintOf, forgetKeys, IDEMPOTENCY_KEY, storeAnswer, storeSealedAnswer } from './idempotency.ts';

const NOW = new Date('2026-01-05T02:00:00.000Z');
const KEYS = createKeyRing([{ id: 'one', key: randomBytes(32) }], systemRandom);
const database = fileDatabase();
const order = fingerprintOf('POST', '/orders', '{"quantity":5}');
const answer = { status: 201, body: '{"orderId":"CS1"}' };

const claim = (owner: string, key: string, fingerprint = order) =>
  inTransaction(database().db, (tx) => claimKey(tx, owner, key, fingerprint, KEYS));
const execute = (owner: string, key: string) =>
  inTransaction(database().db, async (tx) => {
    const claimed = await claimKey(tx, owner, key, order, KEYS);
    if (claimed.kind === 'first') await storeAnswer(tx, owner, key, order, answer, NOW);
    return claimed.kind;
  });

describe('idempotency keys', () => {
  it('replay the first answer, status and body', async () => {
    expect(await execute('u1', 'key-replay')).toBe('first');
    expect(await claim('u1', 'key-replay')).toEqual({ kind: 'hit', answer });
  });

  it('refuse the same key with another body, path or method', async () => {
    await execute('u1', 'key-other');
    for (const other of [
      fingerprintOf('POST', '/orders', '{"quantity":6}'),
      fingerprintOf('POST', '/wallet', '{"quantity":5}'),
      fingerprintOf('PUT', '/orders', '{"quantity":5}'),
    ])
      expect(await claim('u1', 'key-other', other)).toEqual({ kind: 'conflict' });
  });

  it('belong to their owner', async () => {
    await execute('u1', 'key-owner');
    expect(await claim('u2', 'key-owner')).toEqual({ kind: 'first' });
  });

  it('are held while the first request is under way, and free when it fails', async () => {
    const failing = inTransaction(database().db, async (tx) => {
      expect(await claimKey(tx, 'u1', 'key-flight', order, KEYS)).toEqual({ kind: 'first' });
      expect(await claim('u1', 'key-flight')).toEqual({ kind: 'in-flight' });
      expect(await claim('u1', 'key-another')).toEqual({ kind: 'first' });
      await storeAnswer(tx, 'u1', 'key-flight', order, answer, NOW);
      throw new Error('the commit failed');
    });
    await expect(failing).rejects.toThrow('the commit failed');
    expect(await claim('u1', 'key-flight')).toEqual({ kind: 'first' });
  });

  it('let exactly one of many through', async () => {
    const kinds = await Promise.all(Array.from({ length: 10 }, () => execute('u1', 'key-many')));
    expect(kinds.filter((kind) => kind === 'first')).toHaveLength(1);
    expect(kinds.every((kind) => ['first', 'in-flight', 'hit'].includes(kind))).toBe(true);
  });

  it('replay an answer that shows a secret out of its seal, which goes with the key', async () => {
    const secret = { status: 201, body: '{"secret":"whsec_1"}' };
    const { db } = database();
    await inTransaction(db, (tx) => storeSealedAnswer(tx, 'u1', 'key-secret', order, secret, KEYS, NOW));
    expect(await claim('u1', 'key-secret')).toEqual({ kind: 'hit', answer: secret });
    expect(await claim('u1', 'key-secret', fingerprintOf('POST', '/x', ''))).toEqual({ kind: 'conflict' });
    const kept = () =>
      sql<{ row: string }>`SELECT k::text || s::text AS row FROM platform.idempotency_keys k
        JOIN platform.sealed_answers s USING (owner, key)`.execute(db);
    const { rows } = await kept();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain('whsec_1');
    await forgetKeys(db, new Date(NOW.getTime() + 48 * 3_600_000 + 1));
    expect((await kept()).rows).toEqual([]);
  });

  it('are forgotten after 48 hours', async () => {
    await execute('u1', 'key-old');
    const { db } = database();
    await forgetKeys(db, new Date(NOW.getTime() + 48 * 3_600_000));
    expect((await claim('u1', 'key-old')).kind).toBe('hit');
    await forgetKeys(db, new Date(NOW.getTime() + 48 * 3_600_000 + 1));
    expect((await claim('u1', 'key-old')).kind).toBe('first');
  });

  it('are 8 to 128 visible characters', () => {
    expect(['12345678', 'x'.repeat(128), '!~!~!~!~'].every((key) => IDEMPOTENCY_KEY.test(key))).toBe(true);
    expect(['1234567', 'x'.repeat(129), 'with space', 'schlüssel', ''].some((key) => IDEMPOTENCY_KEY.test(key))).toBe(
      false,
    );
  });
});
