import * as z from 'zod/mini';
import { compact, text } from './params.ts';

/** What stands in the URL of the workplace: the way to go on after signing in (E-36). */
const schema = z.object({ return: text(4_000) });
export type WorkplaceSearch = z.infer<typeof schema>;

export const parseWorkplaceSearch = (raw: unknown): WorkplaceSearch => compact(schema.parse(raw));

const joining = z.object({ code: text(32) });
export const parseJoinSearch = (raw: unknown): z.infer<typeof joining> => compact(joining.parse(raw));

/** Only the authorisation server of this very site sends people here and takes them back. */
export function returnPath(search: WorkplaceSearch): string | null {
  const path = search.return ?? '';
  return /^\/api\/v1\/oauth2\/[\w/-]+(\?|$)/.test(path) ? path : null;
}
