/** A7: the seller hands over a licence that was applied for, as text or as a file (openapi.md 5.8). */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type HandedOver, type HandOver, handOverLicence } from '../../licensing/index.ts';
import { inTransaction } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import type { LicenseAnswer } from './license-codes.ts';

const ANSWERS = {
  'CBC.0000': [200, 'Success'],
  'CBC.0101': [400, 'Invalid parameter'],
  'CBC.0150': [403, 'Illegal operation'],
  'CBC.0999': [500, 'internal error'],
  '91381033': [200, 'License resource invalid'],
  '91381034': [200, 'license apply invalid'],
  '91381037': [200, 'Invalid license format.'],
  '91381038': [200, 'License apply has been denied.'],
} as const;
export function uploadAnswer(code: keyof typeof ANSWERS): LicenseAnswer {
  const [status, message] = ANSWERS[code];
  return { status, body: { error_code: code, error_msg: message } };
}
const OUTCOMES: Readonly<Record<HandOver, keyof typeof ANSWERS>> = {
  DONE: 'CBC.0000',
  UNKNOWN: '91381034',
  FOREIGN: 'CBC.0150',
  DENIED: '91381038',
  RESOURCE_ENDED: '91381033',
  OTHER_LICENCE: '91381034',
};

export const uploadRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('CHARACTERS'), characters: z.string().min(1).max(1024) }),
  z.object({
    type: z.literal('FILE'),
    file_name: z.string().min(1).max(1024),
    sha256: z.string().regex(/^[0-9a-f]{64}$/i),
  }),
]);
type Upload = z.infer<typeof uploadRequest>;

/** @param contentType of the request, with its boundary */
export async function uploadLicense(
  platform: Platform,
  sellerId: string,
  eventId: string,
  sent: { readonly contentType: string; readonly body: Uint8Array },
): Promise<LicenseAnswer> {
  const form = await formOf(sent);
  const request = form && (await requestIn(form));
  if (!form || !request) return uploadAnswer('CBC.0101');
  const licence = await licenceIn(form, request);
  if (licence === null) return uploadAnswer('CBC.0101');
  if (licence.bytes.every((byte) => byte === SPACE || (byte >= TAB && byte <= CARRIAGE_RETURN)))
    return uploadAnswer('91381037');
  const now = platform.clock.now();
  const outcome = await inTransaction(platform.db, (tx) =>
    handOverLicence(platform, tx, { sellerId, eventId, licence }, now),
  );
  platform.wake.kick();
  return uploadAnswer(OUTCOMES[outcome]);
}
const SPACE = 0x20;
const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;

async function formOf({ contentType, body }: { contentType: string; body: Uint8Array }): Promise<FormData | null> {
  if (!/^multipart\/form-data\s*;/i.test(contentType)) return null;
  try {
    return await new Response(Uint8Array.from(body), { headers: { 'content-type': contentType } }).formData();
  } catch {
    return null; // no boundary, or a body that is not made of parts
  }
}

/** The part is JSON; some clients give it a file name. */
async function requestIn(form: FormData): Promise<Upload | null> {
  const part = form.get('isvUpdateFileReq');
  if (part === null) return null;
  try {
    const parsed = uploadRequest.safeParse(JSON.parse(typeof part === 'string' ? part : await part.text()));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** @returns null = no file, or another one than the checksum says */
async function licenceIn(form: FormData, request: Upload): Promise<HandedOver | null> {
  if (request.type === 'CHARACTERS')
    return { kind: 'CHARACTERS', fileName: null, bytes: new TextEncoder().encode(request.characters) };
  const part = form.get('file');
  if (part === null || typeof part === 'string') return null;
  const bytes = new Uint8Array(await part.arrayBuffer());
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return sha256 === request.sha256.toLowerCase() ? { kind: 'FILE', fileName: request.file_name, bytes } : null;
}
