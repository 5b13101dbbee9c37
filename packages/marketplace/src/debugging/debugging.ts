/** The debugging page (S-22, S-23): requests with a fresh signature, calls by hand, saved cases. */
import { productsInScope } from '../catalog/index.ts';
import { accessKeys, type Scope } from '../directory/index.ts';
import type { Executor, Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { traceId, uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { isUuid } from '../platform/uuid.ts';
import { isAt, joinPath } from './address.ts';
import { addressById, bindingsOf } from './address-store.ts';
import { caseById, casesOf, deleteCase } from './case-store.ts';
import { curlOf } from './curl.ts';
import { type BuiltRequest, debugProtocol, formOf, type Parameters, tidy } from './protocols/index.ts';
import { insertRuns, type Run, runById } from './run-store.ts';

/** So many cases of one product are replayed twice a day. */
const MOST_CASES = 100;

export interface DebugInput {
  readonly scope: Scope;
  readonly goodsId: string;
  readonly activity: string;
  readonly parameters: Parameters;
  /** null = the product's own production address */
  readonly target: { readonly addressId: string; readonly path: string } | null;
}

interface Prepared {
  readonly sellerId: string;
  readonly protocol: string;
  readonly parameters: Parameters;
  readonly url: string;
  readonly keyId: string;
  readonly built: BuiltRequest;
}

/** Product, form, address and key of a call, and its request with a fresh signature. */
async function prepare(platform: Platform, executor: Executor, input: DebugInput): Promise<Result<Prepared>> {
  const { scope, goodsId, activity } = input;
  const [product] = await productsInScope(executor, { scope, goodsIds: [goodsId], limit: 1 });
  if (!product) return refuse('NOT_FOUND', 'there is no such product');
  const form = formOf(product.protocol, activity);
  if (!form) return refuse('PARAMETERS_INVALID', `${product.protocol} has no interface ${activity}`);
  const target = input.target ? await otherTarget(executor, product, input.target) : ok(product);
  if (!target.ok) return target;
  const { productionUrl: url, keyId } = target.value;
  const accessKey = (await accessKeys({ ...platform, db: executor }, [keyId])).get(keyId);
  if (accessKey === undefined) return refuse('KEY_NOT_BOUND', `the key ${keyId} cannot be read`);
  const parameters = tidy(form, input.parameters);
  const built = debugProtocol(product.protocol).build(
    { activity, parameters },
    { url, accessKey },
    { at: platform.wireClock.now(), random: platform.random },
  );
  if (!built.ok) return built;
  const { sellerId, protocol } = product;
  return ok({ sellerId, protocol, parameters, url, keyId, built: built.value });
}

async function otherTarget(
  executor: Executor,
  product: { readonly sellerId: string; readonly productionUrl: string; readonly keyId: string },
  { addressId, path }: { readonly addressId: string; readonly path: string },
): Promise<Result<{ productionUrl: string; keyId: string }>> {
  const address = isUuid(addressId) ? await addressById(executor, addressId, product.sellerId) : null;
  if (!address) return refuse('NOT_FOUND', 'there is no such address');
  if (address.verified_by === null) return refuse('ADDRESS_NOT_VERIFIED', 'prove first that the address is yours');
  const url = joinPath(address.origin, path);
  if (!url.ok) return url;
  const bound = (await bindingsOf(executor, [addressId])).find((each) => each.interface_class === 'BASE');
  const keyId = bound?.key_id ?? (isAt(address.origin, product.productionUrl) ? product.keyId : null);
  if (keyId === null) return refuse('KEY_NOT_BOUND', 'bind a key of the base interfaces to this address first');
  return ok({ productionUrl: url.value, keyId });
}

export interface GeneratedRequest {
  readonly curl: string;
  readonly method: string;
  readonly url: string;
  readonly body: string | null;
}

/** *Generate request*: what would be sent now; the seller's server takes its signature for a minute. */
export async function generateRequest(
  platform: Platform,
  executor: Executor,
  input: DebugInput,
): Promise<Result<GeneratedRequest>> {
  const prepared = await prepare(platform, executor, input);
  if (!prepared.ok) return prepared;
  const { built } = prepared.value;
  return ok({ curl: curlOf(built), method: built.method, url: built.url, body: built.body });
}

/** *Debug and save case*: called at once in the background; saved when every check passes. @returns the run's id */
export async function startDebugging(
  platform: Platform,
  tx: Tx,
  input: DebugInput & { readonly save: boolean; readonly actor: string },
  now: Date,
): Promise<Result<Run>> {
  const prepared = await prepare(platform, tx, input);
  if (!prepared.ok) return prepared;
  if (input.save && (await casesOf(tx, [input.goodsId])).length >= MOST_CASES)
    return refuse('TOO_MANY', `a product has at most ${MOST_CASES} cases`);
  const { sellerId, protocol, parameters, url, keyId } = prepared.value;
  return startRun(platform, tx, { ...input, sellerId, protocol, parameters, url, keyId, caseId: null }, now);
}

/** The saved call again, where it was saved; its outcome is kept, the case stays as it is. */
export async function runCase(
  platform: Platform,
  tx: Tx,
  { caseId, scope, actor }: { readonly caseId: string; readonly scope: Scope; readonly actor: string },
  now: Date,
): Promise<Result<Run>> {
  const saved = isUuid(caseId) ? await caseById(tx, caseId, scope) : null;
  if (!saved) return refuse('NOT_FOUND', 'there is no such case');
  const [product] = await productsInScope(tx, { scope, goodsIds: [saved.goodsId], limit: 1 });
  if (!product) return refuse('NOT_FOUND', 'there is no such case');
  return startRun(platform, tx, { ...saved, scope, protocol: product.protocol, save: false, actor }, now);
}

export async function removeCase(
  tx: Tx,
  { caseId, scope }: { readonly caseId: string; readonly scope: Scope },
  now: Date,
): Promise<Result<{ caseId: string }>> {
  const saved = isUuid(caseId) ? await caseById(tx, caseId, scope) : null;
  if (!saved) return refuse('NOT_FOUND', 'there is no such case');
  await deleteCase(tx, caseId, now);
  return ok({ caseId });
}

interface Wanted {
  readonly scope: Scope;
  readonly goodsId: string;
  readonly sellerId: string;
  readonly activity: string;
  readonly protocol: string;
  readonly parameters: Parameters;
  readonly url: string;
  readonly keyId: string;
  readonly caseId: string | null;
  readonly save: boolean;
  readonly actor: string;
}

async function startRun(platform: Platform, tx: Tx, wanted: Wanted, now: Date): Promise<Result<Run>> {
  const id = uuid(platform.random);
  const run = {
    id,
    kind: 'DEBUG' as const,
    seller_id: wanted.sellerId,
    goods_id: wanted.goodsId,
    activity: wanted.activity,
    protocol: wanted.protocol,
    url: wanted.url,
    key_id: wanted.keyId,
    parameters: wanted.parameters,
    save: wanted.save,
    case_id: wanted.caseId,
    trace_id: traceId(platform.random),
    actor: wanted.actor,
  };
  await insertRuns(tx, [run], now);
  const started = await runById(tx, id, wanted.scope);
  if (!started) throw new Error('unreachable: the run was just made');
  return ok(started);
}
