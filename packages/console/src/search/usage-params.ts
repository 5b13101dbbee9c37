import * as z from 'zod/mini';
import { compact, oneOf, paging, text } from './params.ts';

/** What stands in the URLs of usage pages and of the log of calls to the Open API. */

const usage = z.object({ ...paging });
export type UsageSearch = z.infer<typeof usage>;
export const parseUsageSearch = (raw: unknown): UsageSearch => compact(usage.parse(raw));

export const usageUnits = ['day', 'hour'] as const;
const service = z.object({ ...paging, unit: oneOf(usageUnits) });
export type UsageServiceSearch = z.infer<typeof service>;
export const parseUsageServiceSearch = (raw: unknown): UsageServiceSearch => compact(service.parse(raw));

const rejection = z.object({ ...paging, requestId: text(64) });
export type RejectionSearch = z.infer<typeof rejection>;
export const parseRejectionSearch = (raw: unknown): RejectionSearch => compact(rejection.parse(raw));

const request = z.object({ ...paging, requestId: text(64), refused: oneOf(['true']) });
export type ApiRequestSearch = z.infer<typeof request>;
export const parseApiRequestSearch = (raw: unknown): ApiRequestSearch => compact(request.parse(raw));
