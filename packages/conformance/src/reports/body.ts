/** Bodies as text. */

export interface ReadableBody {
  /** with U+FFFD where bytes are no UTF-8 */
  readonly text: string;
  readonly isUtf8: boolean;
  readonly bytes: number;
}

export function readableBody(body: string | Uint8Array): ReadableBody {
  if (typeof body === 'string') return { text: body, isUtf8: true, bytes: Buffer.byteLength(body) };
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    return { text, isUtf8: true, bytes: body.length };
  } catch {
    return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(body), isUtf8: false, bytes: body.length };
  }
}
