import type { Migration } from '../platform/database/migrations.ts';

export const alarmSchema: Migration = {
  id: '0053-usage-alarms',
  sql: `
-- When a buyer wants to be warned; without a row the account has the defaults of alarm-rules.ts.
CREATE TABLE metering.alarm_settings (
  buyer_id text PRIMARY KEY, balance_below numeric CHECK (balance_below > 0), package_percent int CHECK (package_percent BETWEEN 1 AND 99),
  -- the balance was told to be low and has not recovered since
  balance_told_at timestamptz
);
-- Packages whose alarm is another than the account's.
CREATE TABLE metering.package_alarms (
  package_id text PRIMARY KEY, buyer_id text NOT NULL, kind text NOT NULL CHECK (kind IN ('PERCENT','QUANTITY','OFF')), value numeric,
  CHECK ((kind = 'OFF') = (value IS NULL))
);
-- What was told of a quota: a validity, or one of its resets. Once for each crossing.
CREATE TABLE metering.alarms_told (
  package_id text NOT NULL, window_at timestamptz NOT NULL, level text NOT NULL CHECK (level IN ('LOW','USED_UP')), told_at timestamptz NOT NULL,
  PRIMARY KEY (package_id, window_at, level)
);
`,
};
