/** Exchanges as HAR 1.2 (the archive format of browsers' developer tools), in parts: never all of them in memory. */
import type { Exchange } from './schemas.ts';

/** @param pages batches of exchanges, oldest first */
export async function* harOf(pages: AsyncIterable<readonly Exchange[]>, version: string): AsyncGenerator<string> {
  const creator = JSON.stringify({ name: 'Jishi', version });
  yield `{"log":{"version":"1.2","creator":${creator},"entries":[`;
  let separator = '\n';
  for await (const exchanges of pages) {
    for (const exchange of exchanges) {
      yield separator + JSON.stringify(entryOf(exchange));
      separator = ',\n';
    }
  }
  yield '\n]}}\n';
}

/** `startedDateTime` is the time of the wire: what the other side's log shows; business time stands in the comment. */
export function entryOf(exchange: Exchange) {
  const { request, response, url, durationMs } = exchange;
  const type = (headers: readonly { name: string; value: string }[]) =>
    headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
  return {
    startedDateTime: exchange.wireAt,
    time: durationMs,
    request: {
      method: exchange.method,
      url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: request.headers,
      queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
      ...(request.body === '' ? {} : { postData: { mimeType: type(request.headers), text: request.body } }),
      headersSize: -1,
      bodySize: Buffer.byteLength(request.body),
    },
    response: {
      status: exchange.status ?? 0,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: response?.headers ?? [],
      content: {
        size: Buffer.byteLength(response?.body ?? ''),
        mimeType: type(response?.headers ?? []),
        text: response?.body ?? '',
      },
      redirectURL: '',
      headersSize: -1,
      bodySize: response === null ? -1 : Buffer.byteLength(response.body),
      ...(exchange.transportFault === null ? {} : { _error: exchange.transportFault }),
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    comment: `${exchange.direction} ${exchange.activity} ${exchange.resultCode ?? ''}, business time ${exchange.at}`,
  };
}
