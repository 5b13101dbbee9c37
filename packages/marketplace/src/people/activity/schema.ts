import type { Migration } from '../../platform/database/migrations.ts';

/** its rows wait for `next_at` */
export const SIGNALS = 'people.signals';

/**
 * Signals become figures when their day is over. `gap` is the number of days since the same member was active before:
 * whoever was active at least once in a range has exactly one day in it whose gap leads out of it, so that counts of
 * (day, gap) add up to distinct users of any range, and a month is some hundred rows instead of all signals.
 */
export const activitySchema: Migration = {
  id: '0056-people-activity',
  sql: `
-- S-72: one row for each application, member and day in Beijing; gap null = not in the figures yet
CREATE TABLE people.signals (
  application_id uuid NOT NULL, member_id uuid NOT NULL, day date NOT NULL, at timestamptz NOT NULL,
  source text NOT NULL CHECK (source IN ('SIGN_IN', 'REPORT')), gap smallint, next_at timestamptz,
  PRIMARY KEY (application_id, member_id, day)
);
CREATE INDEX ON people.signals (next_at) WHERE next_at IS NOT NULL;
-- old days go; rows come in the order of their days
CREATE INDEX ON people.signals USING brin (day);
CREATE TABLE people.activity_days (
  application_id uuid NOT NULL, day date NOT NULL, gap smallint NOT NULL, users int NOT NULL, PRIMARY KEY (application_id, day, gap)
);
-- accounts that a product was told of minus those that it was told to take away: their sum up to a day is what there was at its end
CREATE TABLE people.authorised_days (
  application_id uuid NOT NULL, day date NOT NULL, change int NOT NULL, PRIMARY KEY (application_id, day)
);
-- S-73
CREATE TABLE people.openings (
  application_id uuid PRIMARY KEY, goods_id text NOT NULL, seller_id text NOT NULL, buyer_id text NOT NULL, opened_on date NOT NULL, ended_on date
);
CREATE INDEX ON people.openings (goods_id, buyer_id);
CREATE INDEX ON people.openings (seller_id);
`,
};
