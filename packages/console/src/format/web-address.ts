/** `text` if it is an http(s) address, else null: a seller's `javascript:` must never become a link. */
export function webAddress(text: string): string | null {
  try {
    const { protocol } = new URL(text);
    return protocol === 'https:' || protocol === 'http:' ? text : null;
  } catch {
    return null;
  }
}
