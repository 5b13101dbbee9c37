/** An enterprise with many members that is bound to a product, and signals of use; all put there by plain SQL. */

import { generateKeyPairSync } from 'node:crypto';
import type { Platform } from '@jishi/marketplace';
import { inTransaction } from '@jishi/marketplace';
import {
  type Application,
  applicationById,
  createBuyers,
  createSellers,
  setCredential,
  sql,
} from '@jishi/marketplace/testing';

export const ENTERPRISE = 'bench-enterprise';
const APPLICATION = '00000000-0000-4000-8000-000000000001';
const ACCESS_KEY = 'bench-access-key-0001';
/** each top department has as many below it */
const TOPS = 10;
const BELOW = 100;

export async function boundEnterprise(platform: Platform, address: string, members: number): Promise<Application> {
  const { db } = platform;
  const now = platform.clock.now();
  const [seller] = await createSellers(platform, [`${address}/produce`], ACCESS_KEY);
  const [buyer] = await createBuyers(platform, 1);
  if (!seller || !buyer) throw new Error('a seller and a buyer were asked for');
  const { sellerId, goodsId } = seller;
  const { publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 3072,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const { rows } = await sql<{
    keyId: string;
  }>`SELECT key_id AS "keyId" FROM directory.access_keys WHERE seller_id = ${sellerId}`.execute(db);
  const credential = {
    goodsId,
    sellerId,
    keyId: rows[0]?.keyId ?? '',
    protocol: 'kit-v2',
    address,
    publicKey,
  } as const;
  const settings = { loginUrl: `${address}/login`, attributes: ['mobile', 'email'] as const, multiInstance: false };
  const set = await inTransaction(db, (tx) => setCredential(platform, tx, { ...credential, ...settings }, now));
  if (!set.ok) throw new Error(`the credential was refused: ${set.refusal.code}`);
  await sql`INSERT INTO directory.enterprises (enterprise_id, buyer_id, name, short_name, region, industry, description, source, created_at)
    VALUES (${ENTERPRISE}, ${buyer.buyerId}, 'Bench', 'bench', '', '', '', 'CONSOLE', ${now})`.execute(db);
  await sql`INSERT INTO directory.departments (enterprise_id, code, name, parent_code, path, created_at)
    SELECT ${ENTERPRISE}, 't' || n, 't' || n, NULL, ARRAY['t' || n], ${now}::timestamptz FROM generate_series(0, ${TOPS - 1}::int) n
    UNION ALL SELECT ${ENTERPRISE}, 'd' || n, 'd' || n, 't' || n % ${TOPS}::int, ARRAY['t' || n % ${TOPS}::int, 'd' || n], ${now}::timestamptz
    FROM generate_series(0, ${TOPS * BELOW - 1}::int) n`.execute(db);
  await sql`INSERT INTO directory.members (member_id, enterprise_id, user_name, name, department_code, position, employee_code, mobile, email, work_place, entry_date, role, enabled, created_at, updated_at)
    SELECT gen_random_uuid(), ${ENTERPRISE}, 'member-' || n, 'Member ' || n, 'd' || n % ${TOPS * BELOW}::int, '', '', '13800138000', 'member-' || n || '@example.com', '', '', 'user', true, ${now}, ${now}
    FROM generate_series(1, ${members}::int) n`.execute(db);
  await sql`INSERT INTO people.applications (application_id, enterprise_id, buyer_id, seller_id, goods_id, resource_id, order_id, instance_id, product_name, client_id, sealed_secret, attributes, state, created_by, created_at)
    VALUES (${APPLICATION}::uuid, ${ENTERPRISE}, ${buyer.buyerId}, ${sellerId}, ${goodsId}, 'bench-resource', 'bench-order', 'bench-instance', '{"zh":"x","en":"x"}', 'cli-bench', '', '{mobile,email}', 'BOUND', 'bench', ${now})`.execute(
    db,
  );
  // as after the binding: the product knows the departments
  await sql`INSERT INTO people.told_departments (application_id, code, name, parent_code)
    SELECT ${APPLICATION}::uuid, code, name, parent_code FROM directory.departments`.execute(db);
  await sql`VACUUM ANALYZE directory.members, directory.departments`.execute(db);
  const application = await applicationById(db, APPLICATION);
  if (!application) throw new Error('the application is not there');
  return application;
}

/** Signals over the days up to yesterday, of members who use the product on some days; all wait to be counted. */
export async function signalsOver(platform: Platform, asked: Signals): Promise<void> {
  const { applications, days, signals, lastDay } = asked;
  const each = Math.ceil(signals / applications);
  // so that a member is active on a third of the days
  const members = Math.ceil((each * 3) / days);
  await sql`INSERT INTO people.openings (application_id, goods_id, seller_id, buyer_id, opened_on)
    SELECT md5('a' || a)::uuid, 'bench-goods', 'bench-seller', 'buyer-' || a, ${lastDay}::date - 400 FROM generate_series(1, ${applications}::int) a`.execute(
    platform.db,
  );
  await sql`INSERT INTO people.signals (application_id, member_id, day, at, source, next_at)
    SELECT md5('a' || a)::uuid, md5(a || ' ' || n % ${members}::int)::uuid, ${lastDay}::date - (n / ${members}::int) * 3 - (n % 3), ${platform.clock.now()}, 'SIGN_IN', ${lastDay}::date
    FROM generate_series(1, ${applications}::int) a, generate_series(0, ${each - 1}::int) n
    WHERE (n / ${members}::int) * 3 + (n % 3) < ${days}::int ON CONFLICT DO NOTHING`.execute(platform.db);
  await sql`VACUUM ANALYZE people.signals, people.openings`.execute(platform.db);
}
export interface Signals {
  readonly applications: number;
  readonly days: number;
  /** of all applications together */
  readonly signals: number;
  readonly lastDay: string;
}
