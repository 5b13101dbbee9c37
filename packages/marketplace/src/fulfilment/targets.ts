/** Where calls go and what they need besides their rows: address and key, and V1.0's facts of the order; asked once for a whole lease. */
import { productionInterfaces } from '../catalog/index.ts';
import { accessKeys, type DirectoryContext } from '../directory/index.ts';
import { codesInClear } from '../licensing/index.ts';
import type { Platform } from '../platform/platform.ts';
import { noticeTargets, ORDER_NOTIFY } from './order-notice.ts';
import type { CallTarget } from './protocol/index.ts';
import { type Purchase, purchasesOf } from './purchase.ts';
import type { SellerCall } from './store.ts';

export interface Assignment {
  readonly call: SellerCall;
  readonly target: CallTarget | Untargeted;
  readonly purchase: Purchase | null;
  /** authorisation code 2.0, in clear */
  readonly code: string | null;
}
/** Why there is nowhere to call. */
export interface Untargeted {
  readonly missing: string;
}

export async function assign(platform: Platform, calls: readonly SellerCall[]): Promise<Assignment[]> {
  const notices = calls.filter((call) => call.activity === ORDER_NOTIFY);
  const targets = await targetsOf(
    platform,
    calls.filter((call) => call.activity !== ORDER_NOTIFY).map((call) => call.goods_id),
  );
  const ofNotice = await noticeTargets(platform, notices);
  const purchases = await purchasesOf(
    platform.db,
    calls.filter(tellsOrder).map((call) => ({ orderId: call.order_id, orderLineId: call.resource_id })),
  );
  const codes = await codesInClear(
    platform,
    platform.db,
    calls.filter((call) => call.protocol === 'license-code').map((call) => call.resource_id),
  );
  return calls.map((call) => ({
    call,
    target: call.activity === ORDER_NOTIFY ? ofNotice(call) : targets(call.goods_id),
    purchase: purchases.get(call.resource_id) ?? null,
    code: codes.get(call.resource_id) ?? null,
  }));
}

const tellsOrder = ({ protocol, activity }: SellerCall): boolean =>
  activity === 'getLicense' || (protocol === 'saas-v1' && activity === 'newInstance');

async function targetsOf(
  platform: DirectoryContext,
  goodsIds: readonly string[],
): Promise<(goodsId: string) => CallTarget | Untargeted> {
  const interfaces = await productionInterfaces(platform.db, [...new Set(goodsIds)]);
  const keys = await accessKeys(platform, [...new Set([...interfaces.values()].map((each) => each.key_id))]);
  return (goodsId) => {
    const found = interfaces.get(goodsId);
    const accessKey = keys.get(found?.key_id ?? '');
    if (!found) return { missing: `product ${goodsId} has no production interface` };
    if (accessKey === undefined)
      return { missing: `the access key ${found.key_id} of the production interface can not be read` };
    return { productionUrl: found.production_url, accessKey };
  };
}
