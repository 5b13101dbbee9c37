/** A whole subscription, from the purchase to the release, as its buyer and its seller are told about it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { type FakeSeller, startFakeSeller } from '../../../../tests/support/fake-seller.ts';
import { setProductionUrl } from '../catalog/index.ts';
import { sql } from '../platform/database/database.ts';
import { buyFromDemo } from '../testing/index.ts';
import { outbox } from './index.ts';

const world = fileWorld();
let seller: FakeSeller;
beforeAll(async () => {
  seller = await startFakeSeller();
  await setProductionUrl(world().platform.db, world().demo.goodsId, seller.url);
});
afterAll(() => seller.close());

it('a purchase is told as paid and ready, its end four times, then grace, freeze and release – each once', async () => {
  const { platform, clock, simulator } = world();
  const order = await buyFromDemo(world());
  await simulator.drain();
  const day = 86_400_000;
  await simulator.advanceTo(new Date(clock.now().getTime() + 480 * day));
  const { rows } = await sql<{ login_name: string; variant: string; title: { en: string }; link: string }>`
    SELECT u.login_name, m.variant, m.title, m.link FROM notification.messages m JOIN directory.users u ON u.user_id = m.user_id
    ORDER BY m.created_at, m.variant`.execute(platform.db);
  const ofBuyer = rows.filter((row) => row.login_name === 'buyer');
  expect(ofBuyer.map((row) => row.variant)).toEqual([
    'N-20.paid',
    'N-22.ready',
    ...Array(4).fill('N-25.ends'),
    'N-25.ended',
    'N-27.release-near', // a level V0 is kept one day: its release is near before it is frozen
    'N-27.frozen-expired',
    'N-27.released',
  ]);
  const reminders = ofBuyer.filter((row) => row.variant === 'N-25.ends').map((row) => row.title.en);
  expect(reminders.map((title) => /in (\d+ days?)$/.exec(title)?.[1])).toEqual([
    '15 days',
    '7 days',
    '3 days',
    '1 day',
  ]);
  expect(ofBuyer[1]?.link).toBe(`/services/${order.orderId}-000001`);
  const mails = await outbox(platform.db, { address: 'it@globex.example', before: null, limit: 100 });
  expect(mails.map((mail) => mail.state)).toEqual(ofBuyer.map(() => 'SUCCEEDED'));
  // the seller of this story fails freeze and release for an hour each, every minute
  const ofSeller = rows.filter((row) => row.login_name === 'seller').map((row) => row.variant);
  expect(ofSeller.filter((variant) => variant !== 'N-16.many')).toHaveLength(10);
  expect(ofSeller.filter((variant) => variant === 'N-16.many').length).toBeLessThanOrEqual(14);
});
