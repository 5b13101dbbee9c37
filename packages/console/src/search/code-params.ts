import type { LicenceCodeView } from '@jishi/marketplace/console-api';
import * as z from 'zod/mini';
import { compact, oneOf, paging, text } from './params.ts';

/** What stands in the URL of the list of authorisation codes. */

export const codeStates = [
  'CREATED',
  'RECEIVED',
  'ALIVE',
  'EXPIRED',
  'RELEASED',
] as const satisfies readonly LicenceCodeView['state'][];
export const codeKinds = ['BOUGHT', 'TEST'] as const;

const schema = z.object({ ...paging, kind: oneOf(codeKinds), state: oneOf(codeStates), orderId: text(64) });
export type CodeSearch = z.infer<typeof schema>;
export const parseCodeSearch = (raw: unknown): CodeSearch => compact(schema.parse(raw));
