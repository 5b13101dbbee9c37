import type { SellerHandlers } from './handlers.ts';
import type { OpenApiClient } from './open-api/client.ts';
import { failure } from './open-api/judge.ts';
import type { OrderResult } from './open-api/result.ts';
import type { SellerStore } from './store.ts';
import type { Clock, Sleep } from './system.ts';
import type { TestIds } from './test-ids.ts';

/** What serving one request needs in either protocol, once the request is verified. */
export interface ServingContext {
  readonly store: SellerStore;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** Where this request came to, without path: what a test answer names as the product's page. */
  readonly origin: string;
  /** Encrypts account data, where that is switched on. */
  readonly encrypt: { readonly type: '1' | '2'; readonly value: (text: string) => string } | undefined;
}

/** What V2.0 adds: handlers that may ask for the order. */
export interface CallContext extends ServingContext {
  readonly handlers: SellerHandlers;
  readonly openApi: OpenApiClient | undefined;
  readonly orderBudgetMs: number;
  readonly testIds: TestIds;
}

/** A function that asks A1 at its first call and gives the same answer from then on. */
export function lazyOrder(
  { openApi, orderBudgetMs }: CallContext,
  query: { readonly orderId: string; readonly orderLineId: string },
): () => Promise<OrderResult> {
  let asked: Promise<OrderResult> | undefined;
  return () => {
    asked ??= ask(openApi, query, orderBudgetMs);
    return asked;
  };
}

async function ask(
  openApi: OpenApiClient | undefined,
  query: { readonly orderId: string; readonly orderLineId: string },
  budgetMs: number,
): Promise<OrderResult> {
  if (openApi) return openApi.queryOrder(query, { signal: AbortSignal.timeout(budgetMs) });
  const message = 'No Open API client: give createSellerServer({ openApi: createOpenApiClient({ baseUrl, ak, sk }) }).';
  return failure('not-configured', 'CLIENT.NOT_CONFIGURED', message, {
    requestId: null,
    httpStatus: null,
    attempts: 0,
  });
}
