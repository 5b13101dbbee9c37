/** Files of a delivery: what belongs to it from now on, who may have which, and links to them. */
import type { Scope } from '../directory/index.ts';
import type { Executor, Tx } from '../platform/database/database.ts';
import { claimFile, type FileOwner, type FilePurpose } from '../platform/files/index.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import type { DeliveredFile, Delivery } from './definition.ts';
import { isHad } from './model.ts';
import { deliveryById } from './store.ts';
import { operationsOf } from './supervision/store.ts';

/** In the order asked for; a foreign, unknown or otherwise meant file is refused. */
export async function claimed(
  tx: Tx,
  fileIds: readonly string[],
  owner: FileOwner,
  purpose: FilePurpose,
): Promise<Result<DeliveredFile[]>> {
  const files: DeliveredFile[] = [];
  for (const fileId of fileIds) {
    const file = await claimFile(tx, fileId, owner, purpose);
    if (!file.ok) return file;
    files.push(file.value);
  }
  return ok(files);
}

export async function claimedOne(
  tx: Tx,
  fileId: string | null,
  owner: FileOwner,
  purpose: FilePurpose,
): Promise<Result<DeliveredFile | null>> {
  return fileId === null ? ok(null) : claimFile(tx, fileId, owner, purpose);
}

export interface FileAsked {
  readonly deliveryId: string;
  readonly scope: Scope;
  readonly fileId: string;
  /** what was bought (L8, L21: the buyer of the order alone, while it has it), or requirement and proofs */
  readonly kind: 'GOODS' | 'DOCUMENT';
  /** documents of the product that both sides read: the criterion of acceptance (C56) */
  templateOf(delivery: Delivery): Promise<DeliveredFile | null>;
}

/** A file that the asker may have. */
export async function fileOfDelivery(
  executor: Executor,
  asked: FileAsked,
): Promise<Result<{ readonly delivery: Delivery; readonly file: DeliveredFile }>> {
  const delivery = await deliveryById(executor, asked.deliveryId, asked);
  if (!delivery) return refuse('NOT_FOUND', 'there is no such delivery');
  const files = asked.kind === 'GOODS' ? goodsOf(delivery, asked.scope) : await documentsOf(executor, delivery, asked);
  const file = files.find(({ fileId }) => fileId === asked.fileId);
  if (!file) return refuse('FILE_UNKNOWN', 'this delivery has no such file for you', { fileId: asked.fileId });
  if (asked.kind === 'GOODS' && !isHad(delivery))
    return refuse('DELIVERY_STATE', `a delivery that is ${delivery.status} gives no file`, { status: delivery.status });
  return ok({ delivery, file });
}

function goodsOf({ payload }: Delivery, scope: Scope): readonly DeliveredFile[] {
  if (scope.kind !== 'buyer' || (payload.kind !== 'FILE' && payload.kind !== 'LICENSE_TEXT')) return [];
  return payload.file === null ? [] : [payload.file];
}
/** Whatever was ever submitted stays readable for both sides: it is evidence (S6-1). */
async function documentsOf(
  executor: Executor,
  delivery: Delivery,
  { templateOf }: FileAsked,
): Promise<readonly DeliveredFile[]> {
  const template = await templateOf(delivery);
  const logged = await operationsOf(executor, delivery.deliveryId);
  return [
    ...logged.flatMap(({ files }) => files),
    ...(delivery.requirement?.files ?? []),
    ...delivery.proofs,
    ...(template ? [template] : []),
  ];
}
