/** The bridge between `node:http` and the web-standard `fetch` function of a seller server. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { refused, toResponse } from './answer.ts';
import { MAX_BODY_BYTES } from './limits.ts';
import { refuse } from './refuse.ts';

/**
 * Serves `server.fetch` from node:http, Express (`app.use('/saasproduce', toNodeHandler(server.fetch))`, before any body
 * parser) and whatever else calls `(req, res)`.
 *
 * @example
 * createServer(toNodeHandler(server.fetch)).listen(8081);
 */
export function toNodeHandler(
  fetch: (request: Request) => Promise<Response>,
): (req: IncomingMessage, res: ServerResponse) => void {
  return (req, res) => {
    serve(fetch, req, res).catch((error: unknown) =>
      res.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  };
}

async function serve(
  fetch: (request: Request) => Promise<Response>,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  if (req.readableDidRead) {
    const why = 'The body was read before the SDK saw it. Mount toNodeHandler before express.json() and other parsers.';
    return send(res, toResponse(refused(refuse('000005', why))));
  }
  const body = await readBody(req);
  const response = await fetch(toRequest(req, body));
  // What was not read of an oversized body must not be taken for the next request on this connection.
  if (!req.complete) res.setHeader('connection', 'close');
  await send(res, response);
}

async function send(res: ServerResponse, response: Response): Promise<void> {
  res.statusCode = response.status;
  response.headers.forEach((value, name) => {
    // Some receivers look for `Body-Sign` in this very spelling (saas-v2.md 3.3).
    res.setHeader(name === 'body-sign' ? 'Body-Sign' : name, value);
  });
  res.end(Buffer.from(await response.arrayBuffer()));
}

/** One byte more than the limit is enough for the server to see that it was exceeded. */
async function readBody(req: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop must not destroy the request, or the answer could not be sent.
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    length += bytes.byteLength;
    if (length > MAX_BODY_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES + 1);
}

function toRequest(req: IncomingMessage, body: Uint8Array): Request {
  const method = req.method ?? 'GET';
  const headers = new Headers();
  for (let index = 0; index + 1 < req.rawHeaders.length; index += 2) {
    headers.append(req.rawHeaders[index] ?? '', req.rawHeaders[index + 1] ?? '');
  }
  const base = `http://${req.headers.host ?? 'localhost'}`;
  const url = new URL(req.url ?? '/', URL.canParse(base) ? base : 'http://localhost');
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(url, { method, headers, ...(hasBody ? { body: Buffer.from(body) } : {}) });
}
