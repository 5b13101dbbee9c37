/** The simulation can fail: each fault that is planted into the database is found, by the invariant that is there for it. */
import { describe, expect, it } from 'vitest';
import { sql } from '../packages/marketplace/src/platform/database/database.ts';
import type { SimulationReport } from '../packages/marketplace/src/testing/simulation/index.ts';
import { type Action, type Script, script, scriptText } from '../packages/marketplace/src/testing/simulation/script.ts';
import { shrink } from '../packages/marketplace/src/testing/simulation/shrink.ts';
import { sharedDatabase, simulated } from './support/simulation.ts';

const SEED = 'sound';
const db = sharedDatabase();
/** Plays with a fault in the database, which is taken out again afterwards. */
async function simulatedWith(plant: string, played: Script): Promise<SimulationReport> {
  try {
    return await simulated(db(), SEED, { script: played, plant });
  } finally {
    await sql.raw('DROP FUNCTION IF EXISTS planted, unclaimed CASCADE').execute(db());
  }
}
const buy: Extract<Action, { do: 'buy' }> = {
  do: 'buy',
  buyer: 0,
  product: 0,
  specification: 0,
  periodType: 'month',
  periods: 1,
  quantity: 10,
  lines: 1,
  pay: 'once',
};
const renew: Action = {
  do: 'renew',
  instance: 0,
  several: 1,
  periodType: 'month',
  periods: 1,
  unifyDay: null,
  pay: 'once',
};
const refund = (subject: 'RENEWAL' | 'RESOURCE'): Action => ({ do: 'refund', instance: 0, subject });
const work = (minutes: number): Action => ({ do: 'work', minutes });
const until = (moment: 'freeze' | 'release', minutes: number): Action => ({
  do: 'until',
  instance: 0,
  moment,
  minutes,
  working: true,
});
const sound: Action = { do: 'seller', seller: 0, mood: 'sound' };
const play = (...actions: readonly Action[]): Script => ({ seed: SEED, actions: [sound, ...actions] });

/** Bought, renewed, the renewal given back, renewed again, expired, renewed in the last minute, released in the end. */
const LIFE = play(
  buy,
  work(60),
  renew,
  work(60),
  refund('RENEWAL'),
  work(60),
  until('freeze', 5),
  until('release', -1),
  renew,
  until('release', 5),
);
const RENEWED = play(buy, work(60), renew, work(60));
const UNSUBSCRIBED = play(buy, work(60), refund('RESOURCE'), work(60));
/** An enterprise whose four members are authorised; one of them leaves. */
const people = (step: 'bind' | 'decide' | 'authorise' | 'leave', at = 0): Action => ({ do: 'people', step, at });
const BOUND = play(
  { ...buy, specification: 1 },
  work(60),
  ...[people('bind'), work(5), people('decide', 1), work(5), people('decide', 1), work(5)],
  ...[people('authorise'), work(5), people('leave'), work(5)],
);
const UNPAID = play({ ...buy, pay: 'no' }, work(60));
/** Used more than its buyer has, owed, frozen, paid, used again. */
const use = (hours: number, ago: number, size: 'some' | 'much' = 'some'): Action => ({
  ...{ do: 'use', instance: 0, hours, ago, size },
});
const USED = play(
  { ...buy, buyer: 1, specification: 3 },
  work(720),
  use(3, 4),
  use(5, 2),
  ...[0, 1, 2, 8, 9, 10, 11].map((ago) => use(1, ago, 'much')),
  work(300),
  { do: 'until', instance: 0, moment: 'freeze', minutes: 5, working: false },
  work(10),
  ...Array.from({ length: 12 }, (): Action => ({ do: 'top-up', buyer: 1 })),
  work(180),
  use(1, 1),
);

const trigger = (when: string, table: string, condition: string, body: string): string => `
  CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} END $$;
  CREATE TRIGGER planted ${when} ON ${table} FOR EACH ROW WHEN (${condition}) EXECUTE FUNCTION planted();`;

const PLANTS: readonly { name: string; played: Script; plant: string; found: RegExp }[] = [
  {
    name: 'a refund that is committed twice',
    played: UNSUBSCRIBED,
    plant: trigger(
      'AFTER INSERT',
      'ledger.postings',
      "NEW.debit > 0 AND NEW.account = 'orders:prepaid'",
      `IF NOT EXISTS (SELECT FROM ledger.entries WHERE trace_id = 'again') THEN
         INSERT INTO ledger.entries SELECT gen_random_uuid(), kind, reference || ' again', occurred_at, 'again' FROM ledger.entries WHERE entry_id = NEW.entry_id;
         INSERT INTO ledger.postings SELECT e.entry_id, 1, NEW.account, NEW.currency, NEW.debit, 0 FROM ledger.entries e WHERE e.trace_id = 'again';
         INSERT INTO ledger.postings SELECT e.entry_id, 2, 'buyer:' || b.buyer_id || ':balance', NEW.currency, 0, NEW.debit FROM ledger.entries e, ledger.balances b
           WHERE e.trace_id = 'again' AND b.amount > 5000000;
         UPDATE ledger.balances SET amount = amount + NEW.debit WHERE amount > 5000000;
       END IF; RETURN NULL;`,
    ),
    found: /^refund entry .* again belongs to no refunded line/,
  },
  {
    name: 'an event that is lost on its way to the seller',
    played: RENEWED,
    plant: trigger(
      'BEFORE INSERT',
      'platform.deliveries',
      "NEW.subscriber = 'fulfilment:call-sellers'",
      'RETURN NULL;',
    ),
    found: /nobody was called about instances.period-changed/,
  },
  {
    name: 'a task that is lost',
    played: UNPAID,
    plant: trigger('BEFORE INSERT', 'platform.tasks', "NEW.kind = 'ordering.cancel-unpaid'", 'RETURN NULL;'),
    found: /order NEW PENDING_PAYMENT .* is left over/,
  },
  {
    name: 'a release that overtakes a paid renewal',
    played: play(buy, work(60), until('freeze', 5), until('release', -1), renew, work(300)),
    // Nobody claims the resource, and the instance hears of the payment too late.
    plant: `${trigger('BEFORE INSERT', 'platform.deliveries', "NEW.subscriber = 'instances:follow'", "NEW.due_at := NEW.due_at + interval '10 minutes'; RETURN NEW;")}
      CREATE FUNCTION unclaimed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM ordering.claims; RETURN NULL; END $$;
      CREATE TRIGGER unclaimed AFTER INSERT ON ordering.claims FOR EACH STATEMENT EXECUTE FUNCTION unclaimed();`,
    found: /was released on .* paid until/,
  },
  {
    name: 'a call that is made again after its success',
    played: LIFE,
    plant: trigger(
      'BEFORE UPDATE',
      'fulfilment.seller_calls',
      "NEW.state = 'SUCCEEDED' AND NEW.activity = 'refreshInstance' AND NEW.attempts = 1",
      "NEW.state := 'DUE'; RETURN NEW;",
    ),
    found: /was made again after its success was recorded/,
  },
  {
    name: 'a freeze that comes an hour early',
    played: LIFE,
    plant: trigger(
      'BEFORE UPDATE',
      'instances.instances',
      'NEW.freeze_at IS NOT NULL AND OLD.freeze_at IS NULL',
      "NEW.freeze_at := NEW.freeze_at - interval '1 hour'; NEW.next_at := NEW.next_at - interval '1 hour'; RETURN NEW;",
    ),
    found: /was frozen on .* paid until/,
  },
  {
    name: 'a seller that is told another time',
    played: RENEWED,
    plant: trigger(
      'BEFORE INSERT',
      'fulfilment.seller_calls',
      "NEW.activity = 'refreshInstance'",
      `NEW.details := jsonb_set(NEW.details, '{expireTime}', '"2030-01-01T00:00:00.000Z"'); RETURN NEW;`,
    ),
    found: /seller and marketplace differ .* it ends at another time/,
  },
  {
    name: 'a charge that is a cent too dear',
    played: USED,
    plant: trigger(
      'BEFORE INSERT',
      'metering.charges',
      'NEW.amount > 0',
      'NEW.amount := NEW.amount + 0.01; RETURN NEW;',
    ),
    found: /the charges of service .* are not the exact total of its usage, rounded/,
  },
  {
    name: 'a payment of arrears that the service never hears of',
    played: USED,
    plant: trigger(
      'BEFORE INSERT',
      'platform.deliveries',
      "NEW.subscriber = 'instances:follow'",
      `IF EXISTS (SELECT FROM platform.events WHERE event_id = NEW.event_id AND type = 'metering.arrears-ended') THEN RETURN NULL; END IF; RETURN NEW;`,
    ),
    found: /service .* owes nothing and stays in grace or frozen/,
  },
  {
    name: 'a member who left and whom the product is not told of (E-32)',
    played: BOUND,
    plant: trigger('BEFORE INSERT', 'people.sync_calls', 'NEW.flag = 0', 'RETURN NULL;'),
    found: /the product of enterprise .* has the users .* instead of/,
  },
];

describe('a fault in the database', { timeout: 180_000 }, () => {
  it.each([
    ['life', LIFE],
    ['unsubscription', UNSUBSCRIBED],
    ['unpaid order', UNPAID],
    ['used and owed service', USED],
    ['enterprise', BOUND],
  ])('there is none: the %s is sound', async (_name, played) => {
    expect((await simulated(db(), SEED, { script: played })).faults).toEqual([]);
  });

  it.each(PLANTS)('$name is found', async ({ played, plant, found }) => {
    expect((await simulatedWith(plant, played)).faults.join('\n')).toMatch(found);
  });

  it('a payment that is heard of late is waited for: the claim of the renewal keeps the release away', async () => {
    const [late = ''] =
      PLANTS.find(({ name }) => name.startsWith('a release'))?.plant.split('CREATE FUNCTION unclaimed') ?? [];
    const played = play(buy, work(60), until('freeze', 5), until('release', -1), renew, work(300));
    expect((await simulatedWith(late, played)).faults).toEqual([]);
  });

  it('is printed as a short script that finds it again', async () => {
    const { plant = '' } = PLANTS.find(({ name }) => name.startsWith('a seller')) ?? {};
    const again = (played: Script): Promise<SimulationReport> => simulatedWith(plant, played);
    const noise: Action[] = [
      { do: 'top-up', buyer: 1 },
      { do: 'cure', instance: 0 },
      { do: 'view', instance: 0 },
    ];
    const failing = await again(play(...noise, buy, work(60), ...noise, renew, work(60)));
    const short = script.parse(JSON.parse(scriptText(await shrink(failing, again))));
    expect(short.actions.map((each) => each.do)).toEqual(['seller', 'buy', 'renew']);
    expect((await again(short)).faults.join()).toMatch(/it ends at another time/);
  });
});
