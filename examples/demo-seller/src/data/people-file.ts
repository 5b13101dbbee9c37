/** What the kit told, in one JSON file beside the tenants' one: members still come in after a restart. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const text = z.string();
const NOT_SHARED = { mobile: undefined, email: undefined, position: undefined };
const known = z.object({
  version: z.literal(1),
  enterprises: z.array(z.object({ tenantId: text, instanceId: text, name: text, tenantCode: text, domainName: text })),
  clients: z.record(text, z.object({ clientId: text, clientSecret: text })),
  departments: z.record(text, z.array(z.object({ code: text, name: text, parentCode: text.nullable() }))),
  users: z.record(
    text,
    z.array(
      z
        .object({
          ...{
            userName: text,
            name: text,
            departmentCode: text,
            role: z.enum(['user', 'admin']),
            enabled: z.boolean(),
          },
          ...{ mobile: text.optional(), email: text.optional(), position: text.optional() },
        })
        .transform((user) => ({ ...NOT_SHARED, ...user })),
    ),
  ),
});
export type KnownPeople = Omit<z.infer<typeof known>, 'version'>;

/** @returns null when there is no file yet; throws when it is none of ours */
export async function readPeople(path: string): Promise<KnownPeople | null> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  return content === null ? null : known.parse(JSON.parse(content));
}

/** Client secrets stand in the file: it is for its owner only. */
export async function writePeople(path: string, people: KnownPeople): Promise<void> {
  await writeFile(`${path}.tmp`, JSON.stringify({ version: 1, ...people }), { mode: 0o600 });
  await rename(`${path}.tmp`, path);
}
