/**
 * Secrets at rest: AES-256-GCM under a key from configuration. A sealed value names its key, so that keys rotate: the
 * first key seals, every key opens. The purpose is authenticated: a value moved to another column does not open.
 */
import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import type { Random } from './random.ts';

export interface KeyRing {
  /** id of the key that seals now */
  readonly activeKeyId: string;
  seal(text: string, purpose: string): string;
  /** @throws when no key of the ring opens it (wrong key, altered value, other purpose) */
  open(sealed: string, purpose: string): string;
  /** what proves that this marketplace wrote `text`: `key id.HMAC-SHA256`, under a key of its own for the purpose */
  sign(text: string, purpose: string): string;
  /** compared in constant time; false too for a key that is no longer in the ring */
  isSigned(text: string, signature: string, purpose: string): boolean;
}

export interface MasterKey {
  readonly id: string;
  readonly key: Uint8Array;
}

export function createKeyRing(keys: readonly MasterKey[], random: Random): KeyRing {
  const [active] = keys;
  if (!active) throw new RangeError('a key ring needs at least one key');
  const byId = new Map(keys.map((each) => [each.id, each.key]));
  return {
    activeKeyId: active.id,
    seal(text, purpose) {
      const iv = random.bytes(12);
      const cipher = createCipheriv('aes-256-gcm', active.key, iv).setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const parts = [Buffer.from(iv), cipher.getAuthTag(), body].map((part) => part.toString('base64url'));
      return `s1.${active.id}.${parts.join('.')}`;
    },
    open(sealed, purpose) {
      const [version, keyId, iv, tag, body] = sealed.split('.');
      const key = byId.get(keyId ?? '');
      if (version !== 's1' || !key || iv === undefined || tag === undefined || body === undefined) {
        throw new Error(`sealed value of ${purpose}: key "${keyId ?? ''}" is not in the ring`);
      }
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), { authTagLength: 16 });
      decipher.setAAD(Buffer.from(purpose)).setAuthTag(Buffer.from(tag, 'base64url'));
      return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8');
    },
    sign: (text, purpose) => `${active.id}.${macOf(active.key, text, purpose).toString('base64url')}`,
    isSigned(text, signature, purpose) {
      const [keyId = '', mac = ''] = signature.split('.');
      const key = byId.get(keyId);
      if (key === undefined) return false;
      const [given, expected] = [Buffer.from(mac, 'base64url'), macOf(key, text, purpose)];
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

/** The sealing key itself signs nothing: each purpose has a key derived from it. */
function macOf(key: Uint8Array, text: string, purpose: string): Buffer {
  const derived = createHmac('sha256', key).update(`sign:${purpose}`).digest();
  return createHmac('sha256', derived).update(text, 'utf8').digest();
}

/**
 * Reads `id:base64,id:base64` (first = active). Weak keys are refused with the reason: not 32 bytes, or made of few
 * different bytes (a pass phrase or a default instead of random bytes).
 */
export function parseMasterKeys(text: string): { keys: MasterKey[] } | { fault: string } {
  const keys: MasterKey[] = [];
  for (const part of text.split(',')) {
    const match = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/=_-]+)$/.exec(part.trim());
    if (!match?.[1] || !match[2]) return { fault: 'must look like "k1:<base64 of 32 random bytes>"' };
    const key = Buffer.from(match[2], 'base64');
    if (key.length !== 32) return { fault: `key ${match[1]} has ${key.length} bytes, 32 are needed` };
    if (new Set(key).size < 12 || /^[\x20-\x7e]+$/.test(key.toString('latin1'))) {
      return { fault: `key ${match[1]} is weak: use 32 random bytes, e.g. from "openssl rand -base64 32"` };
    }
    if (keys.some((known) => known.id === match[1])) return { fault: `key id ${match[1]} stands twice` };
    keys.push({ id: match[1], key });
  }
  return { keys };
}
