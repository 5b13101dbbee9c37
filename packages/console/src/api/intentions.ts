/**
 * Idempotency keys: one per user intention. The same command with the same body keeps its key while its outcome is
 * unknown (a lost answer, a failing server), so that pressing the button again never buys twice. Once the server has
 * decided – done or refused – the intention is over, and the next press is a new one.
 */
export interface Intentions {
  /** The key for `command` with `body`; a changed body is another intention. */
  keyFor(command: string, body: string): string;
  /** The server has decided: forget the key. */
  close(command: string): void;
}

/** A fresh book of intentions; `newKey` makes UUIDs. */
export function createIntentions(newKey: () => string = randomUuid): Intentions {
  const open = new Map<string, { readonly body: string; readonly key: string }>();
  return {
    keyFor(command, body) {
      const known = open.get(command);
      if (known?.body === body) return known.key;
      const key = newKey();
      open.set(command, { body, key });
      return key;
    },
    close(command) {
      open.delete(command);
    },
  };
}

/** A version 4 UUID. `crypto.randomUUID` exists on https and localhost only; a console on a LAN address has to work too. */
export function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, index) => {
    const marked = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte;
    return marked.toString(16).padStart(2, '0');
  }).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
