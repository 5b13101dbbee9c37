import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { bodySign } from './body-sign.ts';
import { readBodySign } from './body-sign-header.ts';
import { equalConstantTime } from './digest.ts';
import { explainBodySign } from './explain-body-sign.ts';

const HEADER_NAME = 'Body-Sign';
const SIGN_TYPE = 'HMAC-SHA256';

/**
 * Verifies a response's `Body-Sign` header (`saas-v1.md` 4). `headers` are name and value as they stand on the wire: the
 * spelling of the name counts, and the exact one wins where there are several. `body` is the body after content decoding.
 * `timeStamp`, that of the request, lets a key with it appended be recognised (F4b).
 */
export function verifyBodySign(input: {
  headers: readonly (readonly [name: string, value: string])[];
  body: Uint8Array;
  key: string;
  timeStamp?: string | undefined;
}): { ok: true } | { ok: false; diagnosis: Diagnosis[] } {
  const { headers, body, key, timeStamp } = input;
  const exact = headers.find(([name]) => name === HEADER_NAME);
  if (exact === undefined) return { ok: false, diagnosis: [absent(headers)] };
  const read = readBodySign(exact[1]);
  if (!read.ok) return { ok: false, diagnosis: [read.diagnosis] };
  const { signature, signType } = read;
  const fits = equalConstantTime(bodySign(body, key).signature, signature);
  const problems = [
    ...(signType === SIGN_TYPE ? [] : [diagnose('body-sign.sign-type', { seen: signType })]),
    ...(fits ? [] : [explainBodySign({ body, key, signature, timeStamp })]),
  ];
  return problems.length === 0 ? { ok: true } : { ok: false, diagnosis: problems };
}

function absent(headers: readonly (readonly [name: string, value: string])[]): Diagnosis {
  const similar = headers.find(([name]) => name.replace(/[-_]/g, '').toLowerCase() === 'bodysign');
  return similar === undefined ? diagnose('body-sign.missing') : diagnose('body-sign.name-case', { seen: similar[0] });
}
