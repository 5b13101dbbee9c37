import * as z from 'zod/mini';
import { pageSizes } from './params.ts';

/** What stands in the address of debugging, cases and probes. */

const text = (maximum: number) =>
  z.catch(z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(maximum))), undefined);
const limit = z.catch(
  z.optional(z.coerce.number().check(z.refine((size) => pageSizes.some((one) => one === size)))),
  undefined,
);
const schemas = {
  debugging: z.object({ goodsId: text(64), activity: text(32) }),
  cases: z.object({ cursor: text(200), limit, goodsId: text(64) }),
  probes: z.object({ cursor: text(200), limit }),
};
export type CaseSearch = z.infer<typeof schemas.cases>;

export const parseDebuggingSearch = (raw: unknown) => compact(schemas.debugging.parse(raw));
export const parseCaseSearch = (raw: unknown): CaseSearch => compact(schemas.cases.parse(raw));
export const parseProbeSearch = (raw: unknown) => compact(schemas.probes.parse(raw));

function compact<T extends object>(value: T): T {
  for (const [name, member] of Object.entries(value)) if (member === undefined) Reflect.deleteProperty(value, name);
  return value;
}
