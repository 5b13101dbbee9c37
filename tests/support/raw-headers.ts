/** A GET whose answer keeps its header names as they stand on the wire: V1.0 wants `Body-Sign` in this very spelling. */
import { get } from 'node:http';

export interface RawExchange {
  readonly status: number;
  readonly contentType: string | null;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  readonly truncated: false;
  readonly durationMs: number;
}

export function rawExchange(url: string): Promise<RawExchange> {
  return new Promise((done, fail) => {
    get(url, { agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', fail);
      response.on('end', () => {
        const raw = response.rawHeaders;
        const headers = raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : []));
        const contentType = response.headers['content-type'] ?? null;
        const status = response.statusCode ?? 0;
        done({ status, contentType, headers, body: Buffer.concat(parts), truncated: false, durationMs: 1 });
      });
    }).on('error', fail);
  });
}
