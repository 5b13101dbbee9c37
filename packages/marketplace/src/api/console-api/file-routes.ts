/**
 * Files over HTTP: raw bodies in, streams out, neither ever whole in memory. Apart from the other routes, which carry
 * JSON in one transaction; session, CSRF token and permission are asked for as there.
 */
import type { Readable } from 'node:stream';
import type { Context, Hono } from 'hono';
import { areaOf, csrfToken, type Principal, recentPrincipalOf, scopeOf } from '../../directory/index.ts';
import {
  checkLink,
  FILE_PURPOSES,
  type FileOwner,
  fileById,
  keepFile,
  purposeRules,
  readFile,
  refOf,
  type StoredFile,
} from '../../platform/files/index.ts';
import { problem, problemOf, sendProblem, validationProblem } from '../../platform/http/problem.ts';
import type { Platform } from '../../platform/platform.ts';
import { type AppEnv, constantTimeEqual, receivedBody, sessionToken } from '../http.ts';
import { attachment, type ByteRange, rangeOf } from './file-headers.ts';
import { uploadQuery } from './file-schemas.ts';
import { firstToDo } from './security-call.ts';

export function fileRoutes(app: Hono<AppEnv>, platform: Platform): void {
  app.get('/file-purposes', (c) => c.json({ items: purposesOf(platform) }));
  app.post('/files', (c) => upload(c, platform));
  app.get('/files/:fileId', (c) => download(c, platform));
}

const purposesOf = ({ config }: Platform) =>
  FILE_PURPOSES.map((purpose) => {
    const { kinds, maximumBytes, picture } = purposeRules(purpose, config.site);
    return { purpose, kinds, maximumBytes, picture };
  });

async function upload(c: Context<AppEnv>, platform: Platform): Promise<Response> {
  const token = sessionToken(c, platform.config);
  const now = platform.clock.now();
  const principal = token === null ? null : await recentPrincipalOf(platform.db, token, now);
  // what is not wanted is not read to its end
  const refused = (body: Parameters<typeof sendProblem>[1]) => sendProblem(c, body, { connection: 'close' });
  if (!principal || token === null) return refused(problem('UNAUTHENTICATED', 'please sign in'));
  if (!constantTimeEqual(c.req.header('x-csrf-token') ?? '', csrfToken(token)))
    return refused(problem('CSRF', 'the header X-CSRF-Token is missing or not of this session'));
  const first = firstToDo(principal, platform);
  if (first) return refused(first);
  if (!scopeOf(principal, 'file.keep')) return refused(problem('FORBIDDEN', 'your role may not do this (file.keep)'));
  const query = uploadQuery.safeParse(c.req.query());
  if (!query.success) return refused(validationProblem(query.error, 'query'));
  const { purpose, name, sha256 } = query.data;
  const length = c.req.header('content-length');
  const kept = await keepFile(
    platform,
    {
      ...{ owner: ownerOf(principal), keptBy: principal.userId, purpose, name, content: receivedBody(c) },
      ...(length !== undefined && /^\d{1,15}$/.test(length) ? { bytes: Number(length) } : {}),
      ...(sha256 === undefined ? {} : { sha256 }),
    },
    now,
  );
  return kept.ok ? c.json(refOf(kept.value), 201) : refused(problemOf(kept.refusal));
}

/** A file belongs to the tenant of who sends it; to the operators together, where there is none. */
function ownerOf({ buyerId, sellerId }: Principal): FileOwner {
  if (sellerId !== null) return { kind: 'seller', id: sellerId };
  return buyerId === null ? { kind: 'operator', id: 'operator' } : { kind: 'buyer', id: buyerId };
}

async function download(c: Context<AppEnv>, platform: Platform): Promise<Response> {
  const token = sessionToken(c, platform.config);
  const now = platform.clock.now();
  const principal = token === null ? null : await recentPrincipalOf(platform.db, token, now);
  const file = await fileById(platform.db, c.req.param('fileId') ?? '');
  const unknown = () => sendProblem(c, problem('NOT_FOUND', 'there is no such file'));
  if (file === null) return principal ? unknown() : sendProblem(c, problem('UNAUTHENTICATED', 'please sign in'));
  if (!file.published) {
    if (!principal) return sendProblem(c, problem('UNAUTHENTICATED', 'please sign in'));
    const first = firstToDo(principal, platform);
    if (first) return sendProblem(c, first);
    const reach = reachOf(platform, principal, file, c.req.query(), now);
    if (reach === 'expired')
      return sendProblem(c, problem('LINK_EXPIRED', 'this link has expired; open it again from its page'));
    if (reach === 'none') return unknown();
  }
  return stream(c, platform, file);
}

/** Own files and, for reviewers, what they review need no link; everything else a link of one's own (L21). */
function reachOf(
  platform: Platform,
  principal: Principal,
  file: StoredFile,
  { until, signature }: Record<string, string>,
  now: Date,
): 'granted' | 'expired' | 'none' {
  const owner = ownerOf(principal);
  if (owner.kind === file.owner.kind && owner.id === file.owner.id) return 'granted';
  const { reviewed } = purposeRules(file.purpose, platform.config.site);
  if (reviewed && areaOf(principal.role) === 'operator' && scopeOf(principal, 'catalog.inspect')) return 'granted';
  if (until === undefined || signature === undefined) return 'none';
  const link = { fileId: file.fileId, userId: principal.userId, until, signature };
  const checked = checkLink(platform.keys, link, now);
  return checked === 'valid' ? 'granted' : checked === 'expired' ? 'expired' : 'none';
}

async function stream(c: Context<AppEnv>, platform: Platform, file: StoredFile): Promise<Response> {
  const etag = `"${file.sha256}"`;
  const headers = {
    'content-type': file.mediaType,
    'content-disposition': attachment(file),
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
    etag,
    // content never changes; who may see it does
    'cache-control': 'private, max-age=300',
    'content-security-policy': "default-src 'none'; sandbox",
  };
  if (c.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers });
  const range = rangeOf(c.req.header('range'), file.size);
  if (range === 'unsatisfiable')
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${file.size}` } });
  const bytes = await readFile(platform, file, range ?? undefined);
  if (bytes === null) {
    platform.log.error({ fileId: file.fileId, dir: platform.config.files.dir }, 'the bytes of a file are missing');
    return sendProblem(c, problem('UNAVAILABLE', 'the file can not be read at the moment'));
  }
  return new Response(toWeb(bytes), {
    status: range === null ? 200 : 206,
    headers: { ...headers, ...extent(range, file) },
  });
}

const extent = (range: ByteRange | null, { size }: StoredFile): Record<string, string> =>
  range === null
    ? { 'content-length': String(size) }
    : {
        'content-length': String(range.end - range.start + 1),
        'content-range': `bytes ${range.start}-${range.end}/${size}`,
      };

/** A reader that goes away closes the file. */
function toWeb(bytes: Readable): ReadableStream<Uint8Array> {
  const iterator: AsyncIterator<unknown> = bytes[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done === true) controller.close();
      else if (next.value instanceof Uint8Array) controller.enqueue(next.value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
