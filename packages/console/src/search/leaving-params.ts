import type { LeavingView } from '@jishi/marketplace/console-api';
import * as z from 'zod/mini';
import { compact, oneOf, paging } from './params.ts';

/** What stands in the URL of the list of sellers that want to leave. */

export const leavingStates = [
  'PENDING',
  'APPROVED',
  'REJECTED',
  'WITHDRAWN',
] as const satisfies readonly LeavingView['state'][];
const schema = z.object({ ...paging, state: oneOf(leavingStates) });
export type LeavingSearch = z.infer<typeof schema>;
export const parseLeavingSearch = (raw: unknown): LeavingSearch => compact(schema.parse(raw));
