import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { AKSK_ALGORITHM } from './canonical.ts';

export interface Authorization {
  readonly ak: string;
  /** Lower-case, in the order of the header. */
  readonly signedHeaders: string[];
  readonly signature: string;
}

/** Takes an `Authorization` header apart (`openapi.md` 3.3 step 6), so that a server can look the access key up. */
export function parseAuthorization(
  header: string | undefined,
): ({ ok: true } & Authorization) | { ok: false; diagnosis: Diagnosis } {
  if (header === undefined || header.trim() === '')
    return { ok: false, diagnosis: diagnose('aksk.authorization-missing') };
  const text = header.trim();
  const algorithm = text.split(/\s/, 1)[0] ?? '';
  if (algorithm === `${AKSK_ALGORITHM},`)
    return { ok: false, diagnosis: diagnose('aksk.malformed', { seen: `${algorithm} – a blank follows, no comma` }) };
  if (algorithm !== AKSK_ALGORITHM) return { ok: false, diagnosis: diagnose('aksk.algorithm', { seen: algorithm }) };
  const match = /^\S+\s+Access=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9A-Za-z+/=]+)$/.exec(text);
  if (match === null) return { ok: false, diagnosis: diagnose('aksk.malformed', { seen: maskSignature(text) }) };
  const [, ak = '', names = '', signature = ''] = match;
  return { ok: true, ak, signedHeaders: names.toLowerCase().split(';'), signature };
}

function maskSignature(text: string): string {
  return text.replace(/(Signature\s*=\s*\S{4})\S*/i, '$1***').slice(0, 200);
}
