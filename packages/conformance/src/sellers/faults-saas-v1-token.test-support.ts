/** Wrong V1.0 sellers, each with one fault in checking authToken. */
import { createHmac } from 'node:crypto';
import { decryptAccountData, requestsV1 } from '@jishi/protocol';
import type { Fault } from './fault-saas-v1.test-support.ts';
import { joined, KEY, type Pair, rightHooks, sorted, utcOf } from './right-saas-v1.test-support.ts';

const decode = rightHooks().decode;
const over = (pairs: readonly Pair[], change: (value: string, name: string) => string) =>
  joined(sorted(pairs.map(([name, value]) => [name, change(value, name)])));
const refusedFor = (kind: string, name: string, where: string, hooks: Fault['hooks']): Fault => ({
  name,
  in: where,
  code: 'security.valid-refused',
  summary: new RegExp(`cause: ${kind} `),
  hooks,
});

export const TOKEN_FAULTS: readonly Fault[] = [
  refusedFor('encoding', 'decodes nothing (F5a)', 'signature.accepted', () => ({ decode: (text) => text })),
  refusedFor('encoding', 'signs values that are still encoded (F5a)', 'encoding.reserved', () => ({
    signedText: (pairs) => over(pairs, encodeURIComponent),
  })),
  refusedFor('encoding', 'decodes twice (F5b)', 'encoding.percent', () => ({ decode: (text) => decode(decode(text)) })),
  refusedFor('plus-sign', 'decodes authToken twice (F6)', 'encoding.plus-in-token', () => ({
    isSame: (given, right) => decode(given) === right,
  })),
  refusedFor('plus-sign', 'reads a + of a value as a blank (F6)', 'encoding.plus', () => ({
    decode: (text) => decode(text).replaceAll('+', ' '),
  })),
  refusedFor('plus-sign', 'makes every blank a + (F6)', 'encoding.blank', () => ({
    decode: (text) => decode(text).replaceAll(' ', '+'),
  })),
  refusedFor('encoding', 'decodes as ISO-8859-1', 'encoding.non-ascii', () => ({
    decode: (text) => Buffer.from(decode(text), 'utf8').toString('latin1'),
  })),
  refusedFor('encoding', 'loses what is not ASCII', 'encoding.non-ascii', () => ({
    signedText: (pairs) => over(pairs, (value) => value.replace(/[^\p{ASCII}]/gu, '?')),
  })),
  refusedFor('encoding', 'decrypts e-mail and mobile number before signing (F5c)', 'encoding.ciphertext', () => ({
    signedText: (pairs) =>
      over(pairs, (value, name) => (name === 'email' || name === 'mobilePhone' ? decrypted(value) : value)),
  })),
  refusedFor(
    'encoding',
    'decodes the base64 of saasExtendParams before signing (F5d)',
    'encoding.extend-params',
    () => ({
      signedText: (pairs) =>
        over(pairs, (value, name) => (name === 'saasExtendParams' ? Buffer.from(value, 'base64').toString() : value)),
    }),
  ),
  refusedFor('parameters', 'signs a fixed list of names (F5e)', 'parameters.unknown', () => ({
    signedText: (pairs) => joined(sorted(pairs.filter(([name]) => !name.startsWith('jishi')))),
  })),
  refusedFor('parameters', 'has forgotten amount in its list (F5e)', 'newInstance.all-members', () => ({
    signedText: (pairs) => joined(sorted(pairs.filter(([name]) => name !== 'amount'))),
  })),
  refusedFor('parameters', 'leaves timeStamp out of the text', 'signature.accepted', () => ({
    signedText: (pairs) => joined(sorted(pairs.filter(([name]) => name !== 'timeStamp'))),
  })),
  refusedFor('order', 'does not sort (F5f)', 'parameters.order', () => ({ signedText: joined })),
  refusedFor('order', 'sorts Z→A', 'signature.accepted', () => ({
    signedText: (pairs) => joined(sorted(pairs).toReversed()),
  })),
  refusedFor('order', 'sorts without regard to case (F5f)', 'parameters.sorting', () => ({
    signedText: (pairs) => joined(pairs.toSorted(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))),
  })),
  refusedFor('order', 'sorts the joined pairs (F5f)', 'parameters.sorting', () => ({
    signedText: (pairs) =>
      pairs
        .map(([name, value]) => `${name}=${value}`)
        .sort()
        .join('&'),
  })),
  refusedFor('nulls', 'drops empty values', 'parameters.empty', () => ({
    signedText: (pairs) => joined(sorted(pairs.filter(([, value]) => value !== ''))),
  })),
  refusedFor('key', 'keys without timeStamp (F8)', 'signature.accepted', () => ({ hmacKey: (key) => key })),
  refusedFor('key', 'puts timeStamp before the Key (F8)', 'signature.accepted', () => ({
    hmacKey: (key, timeStamp) => timeStamp + key,
  })),
  refusedFor('key', 'cuts timeStamp to seconds (F8)', 'signature.accepted', () => ({
    hmacKey: (key, timeStamp) => key + timeStamp.slice(0, 14),
  })),
  refusedFor('key', 'has read the Key with a newline (F8)', 'signature.accepted', () => ({
    hmacKey: (key, timeStamp) => `${key}\n${timeStamp}`,
  })),
  refusedFor('key', 'has another Key', 'signature.accepted', () => ({ key: 'koo-v2-demo-key-0002' })),
  refusedFor('form', 'computes hex', 'signature.accepted', () => ({ written: (mac) => mac.toString('hex') })),
  refusedFor('form', 'computes base64 of hex', 'signature.accepted', () => ({
    written: (mac) => Buffer.from(mac.toString('hex')).toString('base64'),
  })),
  refusedFor('form', 'ends the text with a &', 'signature.accepted', () => ({
    signedText: (pairs) => `${joined(sorted(pairs))}&`,
  })),
  refusedFor('form', 'computes HMAC-SHA1', 'signature.accepted', () => ({
    isGenuine: (call) => call.authToken === sha1Token(call),
  })),
  refusedFor('timestamp', 'takes timeStamp for Beijing time in its window', 'signature.accepted', () => ({
    isGenuine: ({ authToken, timeStamp = '' }, right) =>
      authToken === right && Math.abs(Date.now() + 8 * 3_600_000 - utcOf(timeStamp)) < 300_000,
  })),
  refusedFor('timestamp', 'demands a timeStamp of 14 digits', 'signature.accepted', () => ({
    isGenuine: ({ authToken, timeStamp = '' }, right) => authToken === right && timeStamp.length === 14,
  })),
  refusedFor('encoding', 'trims values', 'encoding.blank', () => ({
    signedText: (pairs) => over(pairs, (value) => value.trim()),
  })),
  refusedFor('encoding', 'has a filter that escapes HTML', 'encoding.reserved', () => ({
    signedText: (pairs) => over(pairs, (value) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')),
  })),
  refusedFor('parameters', 'signs a bean with its nulls', 'signature.accepted', () => ({
    signedText: (pairs) => joined(sorted([...pairs, ...absentFrom(pairs).map((name): Pair => [name, 'null'])])),
  })),
  refusedFor('key', 'reads timeStamp under another name', 'signature.accepted', () => ({
    hmacKey: (key) => `${key}undefined`,
  })),
  refusedFor('timestamp', 'keys with the time of its own clock', 'signature.accepted', () => ({
    hmacKey: (key) => key + new Date(Date.now() - 1_000).toISOString().replace(/\D/g, ''),
  })),
  accepted('takes the beginning of a token for the token', 'signature.wrong', () => ({
    isSame: (given, right) => given !== '' && right.startsWith(given),
  })),
  accepted('checks newInstance only', 'signature.every-activity', () => ({
    isGenuine: ({ activity, timeStamp, authToken }, right) =>
      activity !== 'newInstance' || (Boolean(timeStamp) && authToken === right),
  })),
  {
    ...accepted('checks no queries that are live', 'live.forged', () => ({
      isGenuine: ({ activity, testFlag, timeStamp, authToken }, right) =>
        (activity === 'queryInstance' && testFlag !== '1') || (Boolean(timeStamp) && authToken === right),
    })),
    live: true,
  },
  accepted('checks nothing', 'signature.wrong', () => ({ isGenuine: () => true })),
  accepted('checks the token only where there is one', 'signature.missing', () => ({
    isGenuine: ({ authToken, timeStamp }, right) => Boolean(timeStamp) && (!authToken || authToken === right),
  })),
  accepted('checks that there is a token', 'signature.wrong', () => ({
    isGenuine: ({ authToken }) => Boolean(authToken),
  })),
  accepted('compares without regard to case', 'signature.letter-case', () => ({
    isSame: (given, right) => given.toLowerCase() === right.toLowerCase(),
  })),
  accepted('checks the first letters only', 'signature.wrong', () => ({
    isSame: (given, right) => given.slice(0, 1) === right.slice(0, 1),
  })),
  {
    name: 'takes a call without timeStamp',
    in: 'timestamp.missing',
    code: 'security.timestamp-not-checked',
    hooks: () => ({ isGenuine: ({ authToken }, right) => authToken === right }),
  },
  {
    name: 'checks calls by GET only',
    in: 'signature.post',
    code: 'security.signature-not-checked',
    hooks: () => {
      let method = '';
      return {
        before: (request) => {
          method = request.method ?? '';
          return false;
        },
        isGenuine: ({ authToken, timeStamp }, right) =>
          method === 'POST' || (Boolean(timeStamp) && authToken === right),
      };
    },
  },
];

function accepted(name: string, where: string, hooks: Fault['hooks']): Fault {
  return { name, in: where, code: 'security.signature-not-checked', hooks };
}

function absentFrom(pairs: readonly Pair[]): readonly string[] {
  return Object.keys(requestsV1.newInstance.shape).filter((name) => !pairs.some(([each]) => each === name));
}

function decrypted(value: string): string {
  const opened = (['1', '2'] as const).map((type) => decryptAccountData(value, KEY, type)).find(({ ok }) => ok);
  return opened?.ok ? opened.text : value;
}

function sha1Token({ authToken: _, ...call }: Readonly<Record<string, string>>): string {
  return createHmac('sha1', KEY + (call.timeStamp ?? ''))
    .update(joined(sorted(Object.entries(call))))
    .digest('base64');
}
