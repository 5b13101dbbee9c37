import type { SellerEvent } from './events.ts';
import type { SellerHandlers } from './handlers.ts';
import type { AccessKeyOption } from './keys.ts';
import type { OpenApiClient } from './open-api/client.ts';
import type { SellerStore } from './store.ts';
import type { Clock, Sleep } from './system.ts';

/** Options of both protocols. */
export interface CommonOptions {
  readonly accessKey: AccessKeyOption;
  readonly store: SellerStore;
  /** In milliseconds since 1970. */
  readonly clock?: Clock;
  readonly sleep?: Sleep;
  /** 16 characters for the IV of an encrypted value. */
  readonly randomText?: (length: number) => string;
  /** In `development` a refusal explains itself in `resultMsg`. */
  readonly mode?: 'production' | 'development';
  /** Language of these explanations. */
  readonly language?: 'en' | 'zh';
  readonly onEvent?: (event: SellerEvent) => void;
}

export interface SellerServerOptions extends CommonOptions {
  readonly handlers: SellerHandlers;
  /** Makes `call.order()` work. */
  readonly openApi?: OpenApiClient | undefined;
  /**
   * Answers for the debugger's and the probe's calls (testFlag "1"). Where none is given the SDK answers a well-formed
   * success by itself; the handlers above never see such a call.
   */
  readonly test?: Partial<SellerHandlers>;
  /** Encrypt userName and password: "1" AES-256, "2" AES-128 (saas-v2.md 4.1). Without it they go in clear text. */
  readonly encryptType?: '1' | '2';
  /** Sign answers with the header `Body-Sign` (saas-v2.md 3.3); the EU site may want it. */
  readonly bodySign?: boolean;
  /** For one `call.order()`, retries included. */
  readonly orderBudgetMs?: number;
}

const REQUIRED = [
  'newInstance',
  'queryInstance',
  'refreshInstance',
  'updateInstanceStatus',
  'releaseInstance',
] as const;
const OPTIONAL = ['upgradeInstance', 'changeInstanceCheck'] as const;
const STORE_METHODS = ['claim', 'complete', 'abandon', 'rememberNonce'] as const;

/** Throws a `TypeError` with a sentence that tells what to do. The access key is checked where it is read. */
export function checkServerOptions(options: SellerServerOptions): void {
  checkHandlers(options.handlers, REQUIRED, OPTIONAL);
  checkCommonOptions(options);
  checkKeySize('encryptType', options.encryptType, 'leave it out for clear text');
  const { openApi, orderBudgetMs } = options;
  if (openApi !== undefined && typeof openApi.queryOrder !== 'function') {
    throw new TypeError('openApi: pass the client that createOpenApiClient({ baseUrl, ak, sk }) returns.');
  }
  if (orderBudgetMs !== undefined && !(Number.isFinite(orderBudgetMs) && orderBudgetMs > 0)) {
    throw new TypeError(`orderBudgetMs: expected a positive number of milliseconds; got ${orderBudgetMs}.`);
  }
}

export function checkCommonOptions({ store, mode }: CommonOptions): void {
  checkStore(store);
  if (mode !== undefined && mode !== 'production' && mode !== 'development') {
    throw new TypeError(`mode: use "production" or "development"; got ${String(mode)}.`);
  }
}

export function checkKeySize(name: string, given: string | undefined, absent: string): void {
  if (given === undefined || given === '1' || given === '2') return;
  throw new TypeError(`${name}: use "1" (AES-256) or "2" (AES-128), or ${absent}; got ${given}.`);
}

/** `handlers` is whatever a caller without a type checker passed. */
export function checkHandlers(handlers: object, required: readonly string[], optional: readonly string[]): void {
  for (const name of required) {
    if (typeof memberOf(handlers, name) !== 'function') {
      throw new TypeError(`handlers.${name} is missing: every product implements it. Write async ${name}(call) { … }.`);
    }
  }
  const known = [...required, ...optional];
  // An object written out here holds handlers only; an instance of a class may have fields of its own.
  const names = Object.getPrototypeOf(handlers) === Object.prototype ? Object.keys(handlers) : optional;
  for (const name of names) {
    if (!known.includes(name)) {
      throw new TypeError(`handlers.${name}: the protocol has no such activity. Known: ${known.join(', ')}.`);
    }
    const handler = memberOf(handlers, name);
    if (handler !== undefined && typeof handler !== 'function') {
      throw new TypeError(`handlers.${name}: expected a function.`);
    }
  }
}

function checkStore(store: SellerStore): void {
  for (const name of STORE_METHODS) {
    if (typeof memberOf(store, name) !== 'function') {
      throw new TypeError(
        `store.${name} is missing. Pass memoryStore() to try things out, or a SellerStore on your database, so that a ` +
          'restart does not forget which order line got which instance.',
      );
    }
  }
}

/** Own or inherited, whatever a caller without a type checker passed. */
function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
