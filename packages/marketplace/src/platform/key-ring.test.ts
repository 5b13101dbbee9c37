/** Secrets at rest open only with their key, for their purpose, unaltered; keys rotate; weak ones are refused. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyRing, parseMasterKeys } from './key-ring.ts';
import { seededRandom, systemRandom } from './random.ts';

const k1 = { id: 'k1', key: randomBytes(32) };
const k2 = { id: 'k2', key: randomBytes(32) };
const ring = createKeyRing([k1], systemRandom);

describe('key ring', () => {
  it('opens what it sealed, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const sealed = ring.seal(text, 'access-key');
        expect(ring.open(sealed, 'access-key')).toBe(text);
      }),
    );
  });

  it('never shows the text and never seals twice alike', () => {
    const [first, second] = [ring.seal('my-secret-value', 'p'), ring.seal('my-secret-value', 'p')];
    expect(first).not.toBe(second);
    expect(first).not.toContain('my-secret-value');
    expect(Buffer.from(first.split('.').at(-1) ?? '', 'base64url').toString()).not.toContain('my-secret-value');
  });

  it('knows its own signature, and no other: another text, purpose, key, or one bit', () => {
    const signature = ring.sign('file 1', 'file-link');
    expect(ring.isSigned('file 1', signature, 'file-link')).toBe(true);
    expect(createKeyRing([k2, k1], systemRandom).isSigned('file 1', signature, 'file-link')).toBe(true);
    expect(ring.isSigned('file 2', signature, 'file-link')).toBe(false);
    expect(ring.isSigned('file 1', signature, 'order-link')).toBe(false);
    expect(createKeyRing([k2], systemRandom).isSigned('file 1', signature, 'file-link')).toBe(false);
    for (const forged of ['', 'k1', 'k1.', signature.slice(0, -2), `${signature}AA`, signature.replace('k1', 'k9')])
      expect(ring.isSigned('file 1', forged, 'file-link')).toBe(false);
  });

  it('does not open for another purpose: a value moved to another column is refused', () => {
    expect(() => ring.open(ring.seal('x', 'directory.sk'), 'directory.access-key')).toThrow();
  });

  it('does not open with one bit altered, wherever it stands', () => {
    const sealed = ring.seal('a secret', 'p');
    const parts = sealed.split('.');
    for (const place of [2, 3, 4]) {
      const bytes = Buffer.from(parts[place] ?? '', 'base64url');
      for (let index = 0; index < bytes.length; index += 1) {
        const altered = Buffer.from(bytes);
        altered.writeUInt8(altered.readUInt8(index) ^ 1, index);
        const forged = parts.with(place, altered.toString('base64url')).join('.');
        expect(() => ring.open(forged, 'p')).toThrow();
      }
    }
  });

  it('does not open with a shortened tag', () => {
    const parts = ring.seal('a secret', 'p').split('.');
    const tag = Buffer.from(parts[3] ?? '', 'base64url').subarray(0, 4);
    expect(() => ring.open(parts.with(3, tag.toString('base64url')).join('.'), 'p')).toThrow();
  });

  it.each(['', 'plain text', 's1.k1', 's2.k1.a.b.c', 's1.k9.a.b.c'])('refuses %j', (text) => {
    expect(() => ring.open(text, 'p')).toThrow();
  });

  it('rotates: the first key seals, every key opens, without the old one nothing old opens', () => {
    const old = ring.seal('kept', 'p');
    const both = createKeyRing([k2, k1], systemRandom);
    expect(both.activeKeyId).toBe('k2');
    expect(both.open(old, 'p')).toBe('kept');
    expect(both.seal('new', 'p')).toMatch(/^s1\.k2\./);
    expect(() => createKeyRing([k2], systemRandom).open(old, 'p')).toThrow(/"k1" is not in the ring/);
  });

  it('does not open under another key of the same name', () => {
    const other = createKeyRing([{ id: 'k1', key: randomBytes(32) }], systemRandom);
    expect(() => other.open(ring.seal('x', 'p'), 'p')).toThrow();
  });

  it('needs a key', () => {
    expect(() => createKeyRing([], seededRandom('x'))).toThrow(/at least one key/);
  });
});

describe('master keys', () => {
  const good = randomBytes(32).toString('base64');

  it('are read in order, the first is active', () => {
    const parsed = parseMasterKeys(`k2:${good}, k1:${randomBytes(32).toString('base64')}`);
    expect('keys' in parsed && parsed.keys.map((key) => key.id)).toEqual(['k2', 'k1']);
  });

  it.each([
    ['no id', good, /must look like/],
    ['empty', '', /must look like/],
    ['16 bytes', `k1:${randomBytes(16).toString('base64')}`, /16 bytes, 32 are needed/],
    ['a pass phrase', `k1:${Buffer.from('correct horse battery staple 123').toString('base64')}`, /weak/],
    ['zeros', `k1:${Buffer.alloc(32).toString('base64')}`, /weak/],
    ['a pattern', `k1:${Buffer.alloc(32, '\u0001\u00ff\u0080', 'latin1').toString('base64')}`, /weak/],
    ['an id twice', `k1:${good},k1:${randomBytes(32).toString('base64')}`, /stands twice/],
    ['one bad of two', `k1:${good},k2`, /must look like/],
  ])('%s is refused with the reason', (_, text, reason) => {
    const parsed = parseMasterKeys(text);
    expect('fault' in parsed ? parsed.fault : 'accepted').toMatch(reason);
    if (text !== '') expect(JSON.stringify(parsed)).not.toContain(good);
  });
});
