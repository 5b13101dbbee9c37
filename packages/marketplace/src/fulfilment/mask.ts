/** Secrets in a body that is kept for people to read. */

const SECRET_MEMBERS = ['password', 'clientSecret', 'license', 'licenseKey'];
// A string value, or what is left of one where a body is cut off in the middle.
const pattern = new RegExp(`("(?:${SECRET_MEMBERS.join('|')})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*("|$)`, 'g');

/** Replaces the values of secret members by `***`; works on text, so a broken or cut body is masked as well. */
export function maskBody(body: string): string {
  return body.replace(pattern, '$1"***"');
}
