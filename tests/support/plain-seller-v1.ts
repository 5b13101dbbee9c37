/** Protocol V1.0 by hand: the check of authToken, account data in AES-128, and Body-Sign (saas-v1.md 3.1, 4, 5). */
import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Answer, Members } from './plain-seller-life.ts';

const mac = (key: string, data: string) => createHmac('sha256', key).update(data).digest('base64');

/** The parameters, or null when the token is not that of the key: base64(HMAC(key + timeStamp, sorted name=value pairs)) */
export function openV1(query: string, key: string): Members | null {
  const decode = (part: string) => decodeURIComponent(part.replaceAll('+', ' '));
  const pairs = query.split('&').map((part) => {
    const at = part.indexOf('=');
    return { name: decode(part.slice(0, at)), value: decode(part.slice(at + 1)) };
  });
  const values = new Map(pairs.map(({ name, value }) => [name, value]));
  const data = pairs
    .filter(({ name }) => name !== 'authToken')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, value }) => `${name}=${value}`)
    .join('&');
  const timeStamp = values.get('timeStamp') ?? '';
  const isGenuine = /^\d{17}$/.test(timeStamp) && values.get('authToken') === mac(key + timeStamp, data);
  return isGenuine ? Object.fromEntries(values) : null;
}

/** Encrypts the account data of an answer, signs its bytes with the key alone, and sends it. */
export function sealV1(response: ServerResponse, answer: Answer, key: string): void {
  const body = JSON.stringify({ ...answer, encryptType: '2' }, (name, value) =>
    name === 'userName' || name === 'password' ? encrypted(String(value), key) : value,
  );
  response.setHeader('content-type', 'application/json');
  response.setHeader('Body-Sign', `sign_type="HMAC-SHA256", signature="${mac(key, body)}"`);
  response.end(body);
}

/** 16 letters as IV, then base64; the 128-bit key is the beginning of SHA1(SHA1(key)). */
function encrypted(clear: string, key: string): string {
  const sha1 = (bytes: Buffer) => createHash('sha1').update(bytes).digest();
  const iv = randomBytes(8).toString('hex');
  const cipher = createCipheriv('aes-128-cbc', sha1(sha1(Buffer.from(key))).subarray(0, 16), iv);
  return iv + cipher.update(clear, 'utf8', 'base64') + cipher.final('base64');
}
