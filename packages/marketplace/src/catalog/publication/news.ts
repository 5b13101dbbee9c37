/** What publication tells other stations and people. */
import { z } from 'zod';
import type { Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { traceId } from '../../platform/random.ts';
import { type LocalizedText, localizedText } from '../definition.ts';
import { SECTIONS } from './draft.ts';
import { APPLICATION_KINDS } from './model.ts';

const product = { sellerId: z.string(), goodsId: z.string(), productName: localizedText };
const applied = { ...product, applicationId: z.string(), kind: z.enum(APPLICATION_KINDS) };

/** What each event of publication carries. */
export const publicationEvents = {
  'catalog.product-submitted': z.object({ ...applied, dueAt: z.string() }),
  'catalog.product-approved': z.object({ ...applied, version: z.number().nullable() }),
  'catalog.product-rejected': z.object({
    ...applied,
    reasons: z.array(z.object({ section: z.enum(SECTIONS), reason: z.string() })),
    comment: z.string(),
  }),
  /** a new version is on sale */
  'catalog.product-changed': z.object({ ...product, version: z.number() }),
  /** the product, or the named parts of it, are sold no more */
  'catalog.product-stopped': z.object({
    ...product,
    whole: z.boolean(),
    specificationIds: z.array(z.string()),
    skuCodes: z.array(z.string()),
  }),
  /** taken off by the platform: no renewal any more */
  'catalog.product-withdrawn': z.object({ ...product, reason: z.string() }),
};
export type PublicationEvents = {
  readonly [K in keyof typeof publicationEvents]: z.infer<(typeof publicationEvents)[K]>;
};

export interface AboutProduct {
  readonly sellerId: string;
  readonly goodsId: string;
  readonly productName: LocalizedText;
}

export async function tell<K extends keyof PublicationEvents>(
  platform: Platform,
  tx: Tx,
  type: K,
  payload: PublicationEvents[K],
  now: Date,
): Promise<void> {
  const aggregate = `product:${payload.goodsId}`;
  await platform.events.publish(
    tx,
    [{ type, aggregate, payload: { ...payload }, traceId: traceId(platform.random) }],
    now,
  );
}
