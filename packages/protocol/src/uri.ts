/** Request targets taken apart without repairing them, and the percent-encoding of `openapi.md` 3.4. */

const UNRESERVED = /[A-Za-z0-9\-_.~]/;
/** Most names and values need no escape: they are told apart at a glance. */
const ALL_UNRESERVED = /^[A-Za-z0-9\-_.~]*$/;

/** Encodes every byte of the UTF-8 form except `A–Z a–z 0–9 - _ . ~`; hex digits in upper case. */
export function percentEncode(text: string | Uint8Array): string {
  if (typeof text === 'string' && ALL_UNRESERVED.test(text)) return text;
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  let out = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    out += UNRESERVED.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

/** Decodes once, to bytes. `+` stays a plus, and a `%` that begins no escape stays itself. */
export function percentDecode(text: string): Uint8Array {
  const raw = new TextEncoder().encode(text);
  const out: number[] = [];
  for (let index = 0; index < raw.length; index += 1) {
    const byte = raw[index] ?? 0;
    const hex = byte === 0x25 ? String.fromCharCode(...raw.subarray(index + 1, index + 3)) : '';
    if (/^[0-9A-Fa-f]{2}$/.test(hex)) {
      out.push(Number.parseInt(hex, 16));
      index += 2;
    } else {
      out.push(byte);
    }
  }
  return Uint8Array.from(out);
}

/** Path and query of a request target or URL, unchanged: a URL parser would already repair what the signature covers. */
export function splitTarget(target: string): { path: string; query: string } {
  const withoutFragment = target.split('#', 1)[0] ?? '';
  const at = withoutFragment.indexOf('?');
  return at < 0
    ? { path: withoutFragment, query: '' }
    : { path: withoutFragment.slice(0, at), query: withoutFragment.slice(at + 1) };
}

/** The pairs of a raw query, in their order and undecoded; a name without `=` has an empty value. */
export function splitQuery(rawQuery: string): { name: string; value: string }[] {
  return rawQuery
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? { name: part, value: '' } : { name: part.slice(0, at), value: part.slice(at + 1) };
    });
}
