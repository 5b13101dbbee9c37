import * as z from 'zod/mini';
import { pageSizes } from './params.ts';

/** What stands in the address of the sandbox: which calls are shown. */

const text = (form: RegExp) => z.catch(z.optional(z.string().check(z.regex(form))), undefined);
const limit = z.catch(
  z.optional(z.coerce.number().check(z.refine((size) => pageSizes.some((one) => one === size)))),
  undefined,
);
const schema = z.object({ cursor: text(/^\d{1,15}$/), limit, activity: text(/^[\w/.-]{1,64}$/) });
export type SandboxSearch = z.infer<typeof schema>;

export function parseSandboxSearch(raw: unknown): SandboxSearch {
  const value = schema.parse(raw);
  for (const [name, member] of Object.entries(value)) if (member === undefined) Reflect.deleteProperty(value, name);
  return value;
}
