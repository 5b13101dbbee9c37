/**
 * Tenants in one JSON file. Each save writes a temporary file beside it, flushes it and renames it over the old one, so
 * that a crash leaves either the old or the new contents. Saves that come while one is running share the next one.
 */
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type Contents, type Saver, tenantStore } from './memory.ts';
import type { TenantStore } from './tenant-store.ts';

const password = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('initial'), text: z.string() }),
  z.object({ kind: z.literal('hashed'), salt: z.string(), hash: z.string() }),
]);
const user = z.object({
  userName: z.string(),
  displayName: z.string(),
  role: z.enum(['admin', 'member']),
  password,
});
const plan = z.object({
  productName: z.string(),
  productId: z.string(),
  skuCode: z.string(),
  userLimit: z.number().int().nonnegative(),
});
const tenant = z.object({
  instanceId: z.string(),
  orderId: z.string(),
  orderLineId: z.string().nullable(),
  customerName: z.string().nullable(),
  contact: z.string().nullable(),
  released: z.boolean(),
  frozenBy: z.array(z.enum(['expiry', 'status'])),
  plan: plan.nullable(),
  nextPlans: z.array(z.object({ plan, fromMs: z.number() })),
  createdAtMs: z.number(),
  readyAtMs: z.number(),
  expiresAtMs: z.number().nullable(),
  users: z.array(user),
});
const record = z.object({
  first: z.string(),
  attempt: z.number().int(),
  leaseUntilMs: z.number(),
  result: z.string().nullable(),
});
const document = z.object({ version: z.literal(2), tenants: z.array(tenant), records: z.record(z.string(), record) });

/** Opens or begins the file. Throws when it exists and is not one of ours: it is never overwritten then. */
export async function fileTenants(path: string): Promise<TenantStore> {
  await mkdir(dirname(path), { recursive: true });
  const contents = await load(path);
  return tenantStore(
    contents,
    oneAtATime(() => write(path, contents)),
  );
}

async function load(path: string): Promise<Contents> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return { tenants: new Map(), records: new Map() };
  try {
    const { tenants, records } = document.parse(JSON.parse(text));
    return {
      tenants: new Map(tenants.map((one) => [one.instanceId, one])),
      // The file has one program at a time: whoever held a claim when it was opened is gone, and nobody need wait for its lease.
      records: new Map(Object.entries(records).map(([key, known]) => [key, { ...known, leaseUntilMs: 0 }])),
    };
  } catch (error) {
    throw new Error(`${path} is not a data file of this program; give another dataFile or move it away.`, {
      cause: error,
    });
  }
}

async function write(path: string, { tenants, records }: Contents): Promise<void> {
  const text = JSON.stringify({ version: 2, tenants: [...tenants.values()], records: Object.fromEntries(records) });
  const temporary = `${path}.tmp`;
  // Initial passwords stand in the file: it is for its owner only.
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

function oneAtATime(write: () => Promise<void>): Saver {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  function start(): Promise<void> {
    running = write().finally(() => {
      running = undefined;
    });
    return running;
  }
  function save(): Promise<void> {
    if (!running) return start();
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined;
        return start();
      });
    return next;
  }
  return { save, settled: async () => next ?? running };
}
