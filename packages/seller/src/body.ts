/** Reading bodies with a limit, so that nobody can fill our memory. */
import { isJsonObject, type JsonInput, type JsonObject, parseJson } from '@jishi/protocol';

export interface LimitedBody {
  readonly bytes: Uint8Array;
  /** There was more than the limit; `bytes` holds what fitted. */
  readonly truncated: boolean;
}

export async function readLimited(stream: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<LimitedBody> {
  if (!stream) return { bytes: new Uint8Array(), truncated: false };
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { bytes: Buffer.concat(chunks), truncated: false };
    length += value.byteLength;
    if (length > maxBytes) {
      await reader.cancel();
      return { bytes: Buffer.concat(chunks), truncated: true };
    }
    chunks.push(value);
  }
}

/** The text, or null when the bytes are not UTF-8. A byte-order mark stays, since it was signed or altered. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

export function readJsonObject(bytes: Uint8Array): JsonObject | null {
  const text = decodeUtf8(bytes);
  if (text === null) return null;
  const parsed = parseJson(text);
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : null;
}

/** All non-ASCII characters as `\uXXXX`: the same JSON, which no proxy and no wrong charset can damage (saas-v2.md 5.2, memo). */
export function asciiJson(value: JsonInput): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
