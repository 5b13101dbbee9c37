import { useQuery } from '@tanstack/react-query';
import { metaQuery } from '../api/queries.ts';

/** The present instant, ISO 8601: the sandbox's clock, which others can move, or the reader's own. */
export function useNow(): string {
  const meta = useQuery(metaQuery).data;
  return meta?.mode === 'sandbox' ? meta.now : new Date().toISOString();
}
