/** A buyer's packages, and when to be warned of them and of the balance (N-28). */
import type { z } from 'zod';
import { balanceOf } from '../../ledger/index.ts';
import {
  alarmSettings,
  isWatched,
  type PackageAlarm,
  setAlarms,
  setPackageAlarm,
  type WatchedPackage,
  watchedPackages,
} from '../../metering/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { money } from '../../platform/money.ts';
import { ok } from '../../platform/result.ts';
import { SITES } from '../../platform/site.ts';
import { auditDone } from './audit.ts';
import { type Call, type ConsoleRoute, command, noQuery, read } from './route.ts';
import * as schemas from './usage-alarm-schemas.ts';

export const usageAlarmRoutes: ConsoleRoute[] = [
  read({
    path: '/usage/alarms',
    summary: 'When the account is warned of its balance and its packages',
    action: 'usage.alarms',
    query: noQuery,
    response: schemas.alarmSettings,
    run: async (call) => ok(await settingsOf(call, call.platform.db)),
  }),
  command({
    path: '/usage/alarms',
    summary: 'Set when the account is warned of its balance and its packages',
    action: 'usage.alarms',
    body: schemas.newAlarmSettings,
    response: schemas.alarmSettings,
    async run(call, wanted, tx) {
      const { buyerId } = buyerOf(call.scope);
      await setAlarms(tx, buyerId, wanted);
      await auditDone(call, tx, { action: 'usage.set-alarms', object: `buyer:${buyerId}`, traceId: null });
      return ok(await settingsOf(call, tx));
    },
  }),
  read({
    path: '/usage/packages',
    summary: 'Packages of the account with what is left of them',
    action: 'usage.packages',
    query: noQuery,
    response: schemas.usagePackages,
    async run({ platform, scope, now }) {
      const items = await watchedPackages(platform.db, buyerOf(scope), now);
      return ok({ items: items.map(presentPackage) });
    },
  }),
  command({
    path: '/usage/packages/{resourceId}/alarm',
    summary: 'Set when the account is warned of one package: as of all, at a percentage or quantity, or never',
    action: 'usage.alarms',
    body: schemas.newPackageAlarm,
    response: schemas.usagePackage,
    async run(call, { alarm }, tx) {
      const { resourceId = '' } = call.params;
      const asked = { ...buyerOf(call.scope), resourceId, alarm: alarmOf(alarm) };
      const set = await setPackageAlarm(tx, asked, call.now);
      if (!set.ok) return set;
      const { traceId } = set.value.instance;
      await auditDone(call, tx, { action: 'usage.set-package-alarm', object: `instance:${resourceId}`, traceId });
      return ok(presentPackage(set.value));
    },
  }),
];

async function settingsOf({ platform, scope }: Call, executor: Executor) {
  const { buyerId } = buyerOf(scope);
  const { currency } = SITES[platform.config.site];
  const { balanceBelow, packagePercent } = await alarmSettings(executor, buyerId);
  return {
    balance: await balanceOf(executor, buyerId, currency),
    balanceBelow: balanceBelow === null ? null : money(balanceBelow, currency),
    packagePercent,
  };
}

function alarmOf(alarm: schemas.PackageAlarmView): PackageAlarm | null {
  if (alarm.kind === 'ACCOUNT') return null;
  return alarm.kind === 'OFF' ? { kind: 'OFF' } : { kind: alarm.kind, value: String(alarm.value) };
}

function presentAlarm(own: PackageAlarm | null): schemas.PackageAlarmView {
  if (own === null) return { kind: 'ACCOUNT' };
  if (own.kind === 'OFF') return { kind: 'OFF' };
  return own.kind === 'PERCENT'
    ? { kind: 'PERCENT', value: Number(own.value) }
    : { kind: 'QUANTITY', value: own.value };
}

const presentPackage = ({
  instance,
  facts,
  rest,
  own,
  threshold,
}: WatchedPackage): z.infer<typeof schemas.usagePackage> => ({
  resourceId: instance.resourceId,
  orderId: instance.orderId,
  productName: instance.productName,
  specificationName: instance.specificationName,
  quota: facts.quota,
  rest,
  unit: facts.unit,
  resetting: facts.resetting,
  stopWhenUsedUp: facts.stopWhenUsedUp,
  from: facts.from.toISOString(),
  to: facts.to?.toISOString() ?? null,
  alarm: presentAlarm(own),
  watched: isWatched(facts),
  threshold,
});

/** The matrix gives these actions to roles of a buyer only. */
function buyerOf(scope: Call['scope']): { buyerId: string; placedBy: string | null } {
  if (scope.kind !== 'buyer') throw new Error('unreachable: packages belong to buyers');
  return scope;
}
