/** Secrets in a body that is kept for people to read. */

const SECRET_MEMBERS = ['password', 'clientSecret', 'license', 'licenseKey', 'license_code', 'characters'];
/** lists of codes in what a seller's software asks, and in the answer (openapi.md 5.4–5.6) */
const SECRET_LISTS = /(\\{0,3}["'](?:license_list|check_fail_list)\\{0,3}["']\s*:\s*)\[[^\]]*(?:\]|$)/gi;
// The value of such a member: quoted inside a string of JSON, a string or what is left of one in a cut body, in single
// quotes, or bare. Runs of backslashes are limited so that a hostile body costs linear time.
const pattern = new RegExp(
  `(\\\\{0,3}["'](?:${SECRET_MEMBERS.join('|')})\\\\{0,3}["']\\s*:\\s*)` +
    `(?:(\\\\{1,3}["'])(?:(?!\\2)[^])*(?:\\2|$)|(")(?:[^"\\\\]|\\\\[^])*(?:"|\\\\?$)|(')(?:[^'\\\\]|\\\\[^])*(?:'|\\\\?$)|(?!null\\b)[^\\s,}\\]{["'\\\\][^\\s,}\\]]*)`,
  'gi',
);

/** Replaces the values of secret members by `***`; works on text, so a broken or cut body is masked as well. */
export function maskBody(body: string): string {
  return body
    .replace(SECRET_LISTS, '$1[]')
    .replace(
      pattern,
      (_, member: string, escaped: string | undefined, double: string | undefined, single: string | undefined) => {
        const quote = escaped ?? double ?? single ?? '"';
        return `${member}${quote}***${quote}`;
      },
    );
}

/** As {@link maskBody} on bytes of any encoding; the very same bytes when there is nothing to hide. */
export function maskBytes(body: Uint8Array): Uint8Array {
  const text = Buffer.from(body).toString('latin1');
  const masked = maskBody(text);
  return masked === text ? body : Buffer.from(masked, 'latin1');
}

/** What PostgreSQL can hold: U+0000 and halves of surrogate pairs, which JSON lets a seller write, are replaced. */
export function storable(text: string): string {
  return Buffer.from(text.replaceAll('\u0000', '\ufffd')).toString();
}
