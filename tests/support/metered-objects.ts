/** A meter with a charge on a service that exists, and an access key of its seller: what the access table asks about. */
import { createApiKey } from '../../packages/marketplace/src/directory/index.ts';
import { sql } from '../../packages/marketplace/src/platform/database/database.ts';
import type { Platform } from '../../packages/marketplace/src/platform/platform.ts';
import { uuid } from '../../packages/marketplace/src/platform/random.ts';

export interface MeteredObjects {
  readonly chargeId: string;
  readonly ak: string;
  readonly endpointId: string;
  readonly deliveryId: string;
}

export async function meteredObjects(
  platform: Platform,
  resourceId: string,
  sellerId: string,
): Promise<MeteredObjects> {
  const now = platform.clock.now();
  const chargeId = uuid(platform.random);
  await sql`
    INSERT INTO metering.meters (resource_id, instance_id, seller_id, buyer_id, placed_by, order_id, goods_id, site, product_name, specification_name,
      opened_at, cycle, accumulation, price, trace_id)
    SELECT resource_id, resource_id, seller_id, buyer_id, placed_by, order_id, goods_id, site, product_name, specification_name, ${now}::timestamptz, 'hour', 'record', NULL, trace_id
    FROM instances.instances WHERE resource_id = ${resourceId}`.execute(platform.db);
  await sql`
    INSERT INTO metering.charges (charge_id, resource_id, seller_id, buyer_id, placed_by, goods_id, order_id, billed_at, from_at, to_at, records,
      used, drawn, charged, refused, exact, amount, currency, derivation, effects, state, trace_id)
    SELECT ${chargeId}::uuid, resource_id, seller_id, buyer_id, placed_by, goods_id, order_id, ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz, 1,
      1, 1, 0, 0, 0, 0, 'CNY', '[]', '{"draws":[],"cycles":[]}', 'NOTHING', trace_id
    FROM metering.meters WHERE resource_id = ${resourceId}`.execute(platform.db);
  const { ak } = await createApiKey(platform, platform.db, { sellerId }, now);
  return { chargeId, ak, ...(await hooked(platform, resourceId, sellerId)) };
}

/** An endpoint of webhooks with a delivery. */
async function hooked({ db, clock, random, keys }: Platform, name: string, sellerId: string) {
  const [now, endpointId, deliveryId] = [clock.now(), `ep_${name}`, uuid(random)];
  await sql`
    INSERT INTO webhooks.endpoints (endpoint_id, seller_id, url, name, types, state, sealed_secret, created_at)
    VALUES (${endpointId}, ${sellerId}, 'http://127.0.0.1:1/', ${name}, '{order.paid}', 'ACTIVE', ${keys.seal('whsec_AAAA', 'webhooks.secret')}, ${now})`.execute(
    db,
  );
  await sql`
    INSERT INTO webhooks.messages (message_id, seller_id, type, data, occurred_at, source)
    VALUES (${`msg_${name}`}, ${sellerId}, 'order.paid', '{}', ${now}, ${name})`.execute(db);
  await sql`
    INSERT INTO webhooks.deliveries (id, pool, lane, state, endpoint_id, message_id, due_at, trace_id, created_at, finished_at)
    VALUES (${deliveryId}::uuid, ${endpointId}, ${deliveryId}, 'STOPPED', ${endpointId}, ${`msg_${name}`}, ${now}, 't', ${now}, ${now})`.execute(
    db,
  );
  return { endpointId, deliveryId };
}
