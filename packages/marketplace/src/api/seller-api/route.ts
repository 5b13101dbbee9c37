/**
 * A route of the sellers' own API as a value. Signature, frequency, seller, parsing, idempotency and the shape of answers
 * are enforced in `server.ts`, in one place, for every route.
 */
import { z } from 'zod';
import type { Scope } from '../../directory/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Result } from '../../platform/result.ts';

/** A signed call of a seller's program; `scope` is what it may reach. */
export interface SellerRequest {
  readonly platform: Platform;
  readonly sellerId: string;
  readonly scope: Extract<Scope, { kind: 'seller' }>;
  /** the key that signed it */
  readonly ak: string;
  readonly now: Date;
  readonly requestId: string;
  readonly params: Readonly<Record<string, string>>;
}
export type Outcome = Result<unknown> | { readonly invalid: z.ZodError; readonly where: 'query' | 'body' };

interface Described {
  /** below the prefix, parameters as {name} */
  readonly path: string;
  readonly summary: string;
  readonly response: z.ZodType;
}
export interface ReadRoute extends Described {
  readonly method: 'get';
  readonly query: z.ZodObject;
  run(request: SellerRequest, query: unknown): Promise<Outcome>;
}
/** Changes something: one transaction, together with its idempotency key. */
export interface WriteRoute extends Described {
  readonly method: 'post' | 'patch' | 'delete';
  readonly body: z.ZodObject;
  readonly status: 200 | 201;
  /** sealed: the answer shows a secret */
  readonly replay: 'plain' | 'sealed';
  run(request: SellerRequest, body: unknown, tx: Tx): Promise<Outcome>;
}
export type SellerRoute = ReadRoute | WriteRoute;

export function read<Q extends z.ZodObject, R extends z.ZodType>(
  spec: Described & {
    readonly query: Q;
    readonly response: R;
    run(request: SellerRequest, query: z.infer<Q>): Promise<Result<z.input<R>>>;
  },
): ReadRoute {
  return {
    ...spec,
    method: 'get',
    async run(request, query) {
      const parsed = await spec.query.safeParseAsync(query);
      return parsed.success
        ? shaped(spec.response, await spec.run(request, parsed.data))
        : invalid(parsed.error, 'query');
    },
  };
}

export function write<B extends z.ZodObject, R extends z.ZodType>(
  spec: Described & {
    readonly method: WriteRoute['method'];
    readonly body: B;
    readonly response: R;
    readonly status?: 201;
    readonly replay?: 'sealed';
    run(request: SellerRequest, body: z.infer<B>, tx: Tx): Promise<Result<z.input<R>>>;
  },
): WriteRoute {
  return {
    ...spec,
    status: spec.status ?? 200,
    replay: spec.replay ?? 'plain',
    async run(request, body, tx) {
      const parsed = await spec.body.safeParseAsync(body);
      return parsed.success
        ? shaped(spec.response, await spec.run(request, parsed.data, tx))
        : invalid(parsed.error, 'body');
    },
  };
}

export const nothing = z.strictObject({});
export const noQuery = z.object({});

const invalid = (error: z.ZodError, where: 'query' | 'body'): Outcome => ({ invalid: error, where });

/** Only what the schema names leaves: members that the console shows beside it are no promise of this API. */
const shaped = (schema: z.ZodType, result: Result<unknown>): Outcome =>
  result.ok ? { ok: true, value: schema.parse(result.value) } : result;
