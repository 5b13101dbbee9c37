/**
 * The authorisation server is a Koa application and wants Node's request and response; the marketplace speaks Request → Response,
 * in memory as on the wire. Both ends are made here: a request that is read from, a response that is written into.
 */
import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

export interface NodeCall {
  readonly method: string;
  /** below the mount point, with the query */
  readonly url: string;
  /** as the browser asked for it */
  readonly originalUrl: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** @param prepared headers that the answer begins with */
export async function throughNode(
  handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>,
  call: NodeCall,
  prepared: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const req = requestOf(call);
  const res = new WrittenResponse(req);
  for (const [name, value] of Object.entries(prepared)) res.setHeader(name, value);
  await handle(req, res);
  return new Response(res.hasBody() ? res.body() : null, {
    status: res.statusCode,
    headers: headersOf(res.getHeaders()),
  });
}

/** Node's two ends alone, for what reads cookies from one and writes nothing to the other. */
export function nodeEnds(call: NodeCall): { readonly req: IncomingMessage; readonly res: ServerResponse } {
  const req = requestOf(call);
  return { req, res: new WrittenResponse(req) };
}

function requestOf({ method, url, originalUrl, headers, body }: NodeCall): IncomingMessage {
  // a socket that was never connected holds nothing that would have to be closed
  const req = Object.assign(new IncomingMessage(new Socket()), { originalUrl });
  req.method = method;
  req.url = url;
  for (const [name, value] of headers) req.headers[name] = value;
  if (body.length > 0) req.headers['content-length'] = String(body.length);
  req.push(body);
  req.push(null);
  return req;
}

const NO_BODY = new Set([204, 205, 304]);

class WrittenResponse extends ServerResponse {
  readonly #parts: Uint8Array[] = [];

  override write(...given: unknown[]): boolean {
    const [part] = given;
    if (typeof part === 'string') this.#parts.push(Buffer.from(part));
    else if (part instanceof Uint8Array) this.#parts.push(part);
    return true;
  }

  override end(...given: unknown[]): this {
    this.write(...given);
    this.emit('finish');
    return this;
  }

  hasBody(): boolean {
    return !NO_BODY.has(this.statusCode) && this.#parts.length > 0;
  }

  body(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(Buffer.concat(this.#parts));
  }
}

function headersOf(given: OutgoingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given))
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== undefined) headers.append(name, String(each));
  return headers;
}
