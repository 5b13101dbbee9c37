import * as z from 'zod/mini';
import { compact, oneOf, paging, text } from './params.ts';

/** What stands in the URL of the operator's list of buyers and sellers. */

export const tenantKinds = ['seller', 'buyer'] as const;
const schema = z.object({ ...paging, kind: oneOf(tenantKinds), text: text(64) });
export type TenantSearch = z.infer<typeof schema>;
export const parseTenantSearch = (raw: unknown): TenantSearch => compact(schema.parse(raw));
