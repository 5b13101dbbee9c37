import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';

/** A seller's answer as the HTTP client saw it. */
export interface HttpAnswer {
  readonly status: number;
  /** The header's whole value; null when it is absent. */
  readonly contentType: string | null;
  readonly body: Uint8Array;
  /** Whether the client stopped reading at its limit. */
  readonly truncated: boolean;
  readonly location?: string | null | undefined;
  readonly durationMs: number;
}

/** Limit of an answer's body in bytes. */
export const ANSWER_MAX_BYTES = 1_048_576;
/** The seller's budget (`saas-v2.md` Q15); the marketplace waits longer. */
export const ANSWER_SLOW_MS = 5_000;

/**
 * What is wrong with an answer before its JSON is read, and its text. `text` is null where reading on makes no sense: the
 * body of an error page explains nothing that the status does not.
 */
export function readHttp(http: HttpAnswer): { text: string | null; diagnosis: Diagnosis[] } {
  if (http.status >= 300 && http.status < 400) {
    const seen = `${http.status} to ${http.location ?? 'nowhere'}`;
    return { text: null, diagnosis: [diagnose('transport.redirect', { seen })] };
  }
  if (http.status !== 200) {
    const begin = new TextDecoder().decode(http.body.subarray(0, 120)).replace(/\s+/g, ' ').trim();
    return { text: null, diagnosis: [diagnose('http.status', { seen: `${http.status} ${begin}`.trim() })] };
  }
  if (http.truncated || http.body.length > ANSWER_MAX_BYTES) {
    const seen = http.truncated ? `cut after ${http.body.length} bytes` : `${http.body.length} bytes`;
    return { text: null, diagnosis: [diagnose('http.too-large', { seen })] };
  }
  const { text, charset } = decode(http);
  return { text, diagnosis: [...contentTypeProblem(http.contentType), ...charset] };
}

export function slowness(durationMs: number): Diagnosis[] {
  return durationMs > ANSWER_SLOW_MS
    ? [diagnose('transport.slow', { seen: `${(durationMs / 1000).toFixed(1)} s` })]
    : [];
}

function contentTypeProblem(contentType: string | null): Diagnosis[] {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  return type === 'application/json' ? [] : [diagnose('http.content-type', { seen: contentType ?? 'absent' })];
}

function decode(http: HttpAnswer): { text: string; charset: Diagnosis[] } {
  const { body } = http;
  const declared = /charset\s*=\s*"?([\w-]+)/i.exec(http.contentType ?? '')?.[1];
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) {
    const text = new TextDecoder().decode(body);
    return { text, charset: [diagnose('http.charset', { seen: 'a byte-order mark (EF BB BF)' })] };
  }
  const other = otherForm(body);
  if (other !== null) {
    return {
      text: new TextDecoder(other.encoding).decode(body),
      charset: [diagnose('http.charset', { seen: other.seen })],
    };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    const isOther = declared !== undefined && !/^utf-?8$/i.test(declared);
    return { text, charset: isOther ? [diagnose('http.charset', { seen: `charset=${declared}` })] : [] };
  } catch {
    const seen = `bytes that are no UTF-8${declared === undefined ? '' : ` (charset=${declared})`}`;
    return { text: new TextDecoder().decode(body), charset: [diagnose('http.charset', { seen })] };
  }
}

/** UTF-16 would be read as JSON full of NUL characters, compressed bytes as rubbish: the first bytes tell them. */
function otherForm([first, second]: Uint8Array): { encoding: 'utf-8' | 'utf-16le' | 'utf-16be'; seen: string } | null {
  if (first === 0x1f && second === 0x8b)
    return { encoding: 'utf-8', seen: 'compressed (gzip), which was not asked for' };
  if ((first === 0xff && second === 0xfe) || (first === 0x7b && second === 0))
    return { encoding: 'utf-16le', seen: 'UTF-16' };
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x7b))
    return { encoding: 'utf-16be', seen: 'UTF-16' };
  return null;
}
