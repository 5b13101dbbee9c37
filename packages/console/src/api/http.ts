import { createIntentions, type Intentions } from './intentions.ts';
import { ApiError, isTransient, readProblem } from './problem.ts';

/** Longer than the 20 s a seller may take (saas-v2.md 1), because resource details ask the seller live (B-45). */
const requestTimeoutMs = 30_000;

export type Query = Readonly<Record<string, string | number | undefined>>;

/** The console's way to the API: JSON in, JSON out, an ApiError for everything else. */
export interface Http {
  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  remove(path: string): Promise<void>;
  /** The token of the session; each POST and DELETE carries it. */
  setCsrfToken(token: string | null): void;
}

export interface HttpOptions {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly intentions?: Intentions;
}

/** `path` is relative to `/api/console` unless it starts with a slash. */
export function createHttp({ fetch, intentions = createIntentions() }: HttpOptions): Http {
  let csrfToken: string | null = null;
  const csrfHeader = (): Record<string, string> => (csrfToken === null ? {} : { 'X-CSRF-Token': csrfToken });

  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const response = await answer(fetch, toUrl(path), init);
    if (!response.ok) throw new ApiError(await readProblem(response));
    return response;
  };

  return {
    async get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
      const response = await send(path + toSearch(query), {
        headers: { Accept: 'application/json' },
        ...(signal === undefined ? {} : { signal }),
      });
      return response.json();
    },
    async post<T>(path: string, body: unknown): Promise<T> {
      const text = JSON.stringify(body);
      const headers = {
        Accept: 'application/json',
        'Content-Type': 'application/json',
        'Idempotency-Key': intentions.keyFor(path, text),
        ...csrfHeader(),
      };
      try {
        const response = await send(path, { method: 'POST', headers, body: text });
        const result: T = await response.json();
        intentions.close(path);
        return result;
      } catch (error) {
        if (error instanceof ApiError && !isTransient(error)) intentions.close(path);
        throw error;
      }
    },
    async remove(path) {
      await send(path, { method: 'DELETE', headers: csrfHeader() });
    },
    setCsrfToken(token) {
      csrfToken = token;
    },
  };
}

/** The query string for `query`, `''` when nothing is set; empty texts are left out. */
export function toSearch(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  return search.size === 0 ? '' : `?${search}`;
}

function toUrl(path: string): string {
  return path.startsWith('/') ? path : `/api/console/${path}`;
}

async function answer(fetch: HttpOptions['fetch'], url: string, init: RequestInit): Promise<Response> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), requestTimeoutMs);
  const cancel = (): void => timeout.abort();
  init.signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await fetch(url, { ...init, credentials: 'same-origin', signal: timeout.signal });
  } catch (error) {
    // a page that was left is no failure: the query layer knows its own abort
    if (init.signal?.aborted) throw error;
    const [code, title] = timeout.signal.aborted ? ['TIMEOUT', 'No answer in time'] : ['NETWORK', 'No connection'];
    throw new ApiError({ type: 'about:blank', title, status: 0, code });
  } finally {
    clearTimeout(timer);
    init.signal?.removeEventListener('abort', cancel);
  }
}
