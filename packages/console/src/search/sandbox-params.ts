import * as z from 'zod/mini';

/** What stands in the address of the sandbox: the page of calls that is shown. */
const schema = z.object({ before: z.catch(z.optional(z.string().check(z.regex(/^\d{1,15}$/))), undefined) });

export function parseSandboxSearch(raw: unknown): { before?: string } {
  const { before } = schema.parse(raw);
  return before === undefined ? {} : { before };
}
