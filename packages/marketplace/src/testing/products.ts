/** A small good product of each access type, for tests that need one: structurally right, one specification per charging mode. */
import {
  type AccessType,
  accessRules,
  type ChargingMode,
  type LicenseVariant,
  type ProductInput,
} from '../catalog/index.ts';
import { DIGITS, type Random, randomText, uuid } from '../platform/random.ts';

export interface SampleOptions {
  readonly variant?: LicenseVariant;
  /** all that the type sells unless given */
  readonly modes?: readonly ChargingMode[];
  /** of every specification; needed by types that deliver an asset */
  readonly assetId?: string;
}

/** @param random gives the ids; a seeded one gives the same product each time */
export function sampleProduct(type: AccessType, random: Random, options: SampleOptions = {}): ProductInput {
  const variant = type === 'LICENSE' ? (options.variant ?? 'OFFLINE') : null;
  const rules = accessRules(type, variant);
  const text = (zh: string, en: string) => ({ zh, en });
  const name = variant ? `${type} ${variant}` : type;
  return {
    name: text(`样品 ${name}`, `Sample ${name}`),
    summary: text('用于测试的商品', 'A product for tests'),
    description: text('用于测试的商品说明。'.repeat(50), 'What a product for tests says of itself. '.repeat(15)),
    highlights: [text('小而全', 'Small and whole')],
    usageGuide: text('登录后使用。', 'Sign in and use it.'),
    support: {
      hours: text('周一至周五 9:00–18:00（北京时间）', 'Mon–Fri 9:00–18:00 (Beijing time)'),
      phone: '400-000-0000',
      email: 'support@example.com',
    },
    agreement: text('样品协议', 'Sample agreement'),
    class: 'GENERAL',
    accessType: type,
    licenseVariant: variant,
    supervised: rules.supervision === 'ALWAYS',
    deliveryDays: rules.deliveryDays ? 10 : null,
    consultingUrl: type === 'CONSULTING' ? 'https://seller.example.com/' : null,
    orderParameters: [],
    specifications: (options.modes ?? rules.chargingModes).map((mode) => specification(mode)),
  };

  function specification(mode: ChargingMode): ProductInput['specifications'][number] {
    const price = (periodType: 'month' | 'year' | null, unitPrice: string) => ({
      priceItemId: `OFFI${randomText(random, 18, DIGITS)}`,
      periodType,
      mode: 'LINEAR' as const,
      brackets: [{ from: 0, to: null, unitPrice }],
      currency: 'CNY' as const,
    });
    return {
      specificationId: `spec-${uuid(random)}`,
      name: text(`规格 ${mode}`, `Specification ${mode}`),
      chargingMode: mode,
      linearAttribute:
        rules.quantity === 'NEVER' || mode === 'ON_DEMAND' || mode === 'ON_DEMAND_PKG'
          ? null
          : {
              code: 'amount',
              name: text('数量', 'Quantity'),
              unit: text('个', 'pieces'),
              minimum: 1,
              maximum: 999,
              step: 1,
            },
      package:
        mode === 'ON_DEMAND_PKG'
          ? {
              validity: { type: 'year', number: 1 },
              quota: '10000',
              unit: text('次', 'calls'),
              resetting: null,
              stopWhenUsedUp: false,
            }
          : null,
      usage: mode === 'ON_DEMAND' ? { cycle: 'hour', accumulation: 'record' } : null,
      assetId: rules.asset ? (options.assetId ?? null) : null,
      skus: [
        {
          skuCode: uuid(random),
          attributes: [],
          prices: mode === 'PERIOD' ? [price('month', '10.00'), price('year', '100.00')] : [price(null, '30.00')],
        },
      ],
    };
  }
}
