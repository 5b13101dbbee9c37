import * as z from 'zod/mini';
import { compact, instanceStates, oneOf, paging, text, whole } from './params.ts';

/** What stands in the URL of the pages on which sellers and operators look after running services. */

const schemas = {
  services: z.object({
    ...paging,
    state: oneOf(instanceStates),
    product: text(100),
    buyer: text(100),
    endsWithinDays: whole(366),
  }),
  customers: z.object({ ...paging, name: text(100) }),
  differences: z.object(paging),
};

export type ServiceSearch = z.infer<typeof schemas.services>;
export type CustomerSearch = z.infer<typeof schemas.customers>;

export const parseServiceSearch = (raw: unknown): ServiceSearch => compact(schemas.services.parse(raw));
export const parseCustomerSearch = (raw: unknown): CustomerSearch => compact(schemas.customers.parse(raw));
export const parseDifferenceSearch = (raw: unknown): z.infer<typeof schemas.differences> =>
  compact(schemas.differences.parse(raw));
