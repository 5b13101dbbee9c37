/** How usage looks to the consoles. */
import { USAGE_RECORD_CODES } from '@jishi/protocol';
import type { z } from 'zod';
import type { Charge, Forecast, MeteredService, ShownRecord, ShownRejection } from '../../metering/index.ts';
import { decimal, money } from '../../platform/money.ts';
import { SITES } from '../../platform/site.ts';
import type { Names } from './present.ts';
import type * as schemas from './usage-schemas.ts';

export function presentMetered(service: MeteredService, names: Names): z.infer<typeof schemas.meteredService> {
  const { currency } = SITES[service.site];
  return {
    resourceId: service.resourceId,
    instanceId: service.instanceId,
    goodsId: service.goodsId,
    buyerName: names.buyer(service.buyerId),
    productName: service.productName,
    specificationName: service.specificationName,
    unit: service.price?.chargeItem?.unit ?? null,
    cycle: service.cycle,
    openedAt: service.openedAt.toISOString(),
    closedAt: service.closedAt?.toISOString() ?? null,
    owedSince: service.owedSince?.toISOString() ?? null,
    usageThisMonth: service.usage,
    amountThisMonth: money(service.amount, currency),
    owed: money(service.owed, currency),
  };
}

export const presentForecast = (service: MeteredService, forecast: Forecast) => ({
  usage: forecast.usage,
  amount: money(decimal(service.amount).plus(forecast.amountToCome), SITES[service.site].currency),
});

export const presentCharge = (charge: Charge): z.infer<typeof schemas.usageCharge> => ({
  chargeId: charge.chargeId,
  resourceId: charge.resourceId,
  orderId: charge.orderId,
  billedAt: charge.billedAt.toISOString(),
  from: charge.from.toISOString(),
  to: charge.to.toISOString(),
  records: charge.records,
  used: charge.used,
  drawn: charge.drawn,
  charged: charge.charged,
  refused: charge.refused,
  amount: money(charge.amount, charge.currency),
  state: charge.state,
  paidAt: charge.paidAt?.toISOString() ?? null,
  reversedAt: charge.reversedAt?.toISOString() ?? null,
  reversalReason: charge.reversalReason,
  derivation: [...charge.derivation],
});

export const presentRecord = (record: ShownRecord): z.infer<typeof schemas.usageRecord> => ({
  recordId: record.recordId,
  beginAt: record.beginAt.toISOString(),
  endAt: record.endAt.toISOString(),
  receivedAt: record.receivedAt.toISOString(),
  value: record.value,
  meteringSn: record.meteringSn,
  state: record.state,
  reason: record.reason,
  late: record.late,
  billAt: record.billAt.toISOString(),
  chargeId: record.chargeId,
  drawn: record.drawn,
  charged: record.charged,
  refused: record.refused,
  amount: record.amount,
  requestId: record.requestId,
});

const MEANINGS: ReadonlyMap<string, string> = new Map(Object.entries(USAGE_RECORD_CODES));
export const presentRejection = (rejection: ShownRejection): z.infer<typeof schemas.usageRejection> => ({
  rejectionId: rejection.rejectionId,
  receivedAt: rejection.receivedAt.toISOString(),
  requestId: rejection.requestId,
  instanceId: rejection.instanceId,
  meteringSn: rejection.meteringSn,
  code: rejection.code,
  meaning: MEANINGS.get(rejection.code) ?? '',
  record: rejection.record,
});
