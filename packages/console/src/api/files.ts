import type { FilePurposesView, FilePurposeView, FileRefView } from '@jishi/marketplace/console-api';
import { queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import { ApiError, readProblem } from './problem.ts';

/** Files are sent as raw bodies, so that the server holds no more than a piece of one. */

export const filePurposesQuery = queryOptions({
  queryKey: ['file-purposes'],
  queryFn: ({ signal }): Promise<FilePurposesView> => http.get('file-purposes', {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Where a file of one's own, or a picture of a product on sale, is read. Files of others need a signed link. */
export const fileUrl = (fileId: string): string => `/api/console/files/${encodeURIComponent(fileId)}`;

export interface Upload {
  readonly purpose: FilePurposeView;
  readonly file: File;
  readonly csrfToken: string;
  readonly onProgress: (sentBytes: number) => void;
  readonly signal: AbortSignal;
}

/** Larger ones are not read twice in the browser; the server computes their checksum alone. */
const largestHashedBytes = 64 * 1_048_576;

/**
 * Sends a file and tells how far it is.
 * @throws ApiError with the rule that the file breaks; an AbortError when it was given up
 */
export async function uploadFile({ purpose, file, csrfToken, onProgress, signal }: Upload): Promise<FileRefView> {
  const query = new URLSearchParams({ purpose, name: file.name });
  const checksum = await checksumOf(file);
  if (checksum !== null) query.set('sha256', checksum);
  const request = new XMLHttpRequest();
  const sent = new Promise<FileRefView>((done, fail) => {
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      const response = new Response(request.responseText, {
        status: request.status,
        statusText: request.statusText,
        headers: { 'x-request-id': request.getResponseHeader('x-request-id') ?? '' },
      });
      if (response.ok) response.json().then(done, fail);
      else readProblem(response).then((problem) => fail(new ApiError(problem)), fail);
    };
    request.onerror = () =>
      fail(new ApiError({ type: 'about:blank', title: 'No connection', status: 0, code: 'NETWORK' }));
    request.onabort = () => fail(new DOMException('given up', 'AbortError'));
  });
  signal.addEventListener('abort', () => request.abort(), { once: true });
  request.open('POST', `/api/console/files?${query}`);
  request.setRequestHeader('X-CSRF-Token', csrfToken);
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.send(file);
  return sent;
}

/** Hexadecimal SHA-256; null where the browser gives none (plain http) or the file is large. */
export async function checksumOf(file: Blob): Promise<string | null> {
  if (file.size > largestHashedBytes || crypto.subtle === undefined) return null;
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
