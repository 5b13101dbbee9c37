/** Who does what is due: Jishi's clock of subscriptions, a bare loop over the same index, and a scan without one. */
import { runDue } from '@jishi/marketplace/testing';
import pg from 'pg';
import { backendsOf, cpuMsOf } from '../cpu.ts';
import { type Kind, NOW, platformAt } from './population.ts';

export const COMPETITORS = ['jishi', 'bare loop', 'scan'] as const;
export type Competitor = (typeof COMPETITORS)[number];
const BATCH = 200;

export interface Run {
  readonly done: number;
  readonly ms: number;
  /** processor time of this process and its database connections */
  readonly cpuMs: number;
  /** one look when nothing is due any more */
  readonly idleMs: number;
}

/** Does all that is due. */
export async function run(databaseUrl: string, name: Competitor, kind: Kind): Promise<Run> {
  const { batch, close } = name === 'jishi' ? ofJishi(databaseUrl) : await ofLoop(databaseUrl, name, kind);
  try {
    const pids = [process.pid, ...(await backendsOf(databaseUrl))];
    const [startedMs, cpuBefore] = [performance.now(), cpuMsOf(pids)];
    let done = 0;
    for (let taken = await batch(); taken > 0; taken = await batch()) done += taken;
    const cpuMs = cpuMsOf([process.pid, ...(await backendsOf(databaseUrl))]) - cpuBefore;
    const ms = performance.now() - startedMs;
    const idleFrom = performance.now();
    for (let look = 0; look < IDLE_LOOKS; look += 1) await batch();
    return { done, ms, cpuMs, idleMs: (performance.now() - idleFrom) / IDLE_LOOKS };
  } finally {
    await close();
  }
}
const IDLE_LOOKS = 5;

interface Worker {
  /** one batch; 0 = nothing is due */
  batch(): Promise<number>;
  close(): Promise<void>;
}

function ofJishi(databaseUrl: string): Worker {
  const { platform, close } = platformAt(databaseUrl);
  return { batch: () => runDue(platform, BATCH), close };
}

/** The limit: no rules, no events, no orders; one UPDATE for each that is due. */
async function ofLoop(databaseUrl: string, name: Competitor, kind: Kind): Promise<Worker> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const find = name === 'scan' ? SCAN[kind] : 'next_at <= $1 ORDER BY next_at, resource_id';
  return {
    async batch() {
      const text = `SELECT resource_id FROM instances.instances WHERE ${find} LIMIT ${BATCH}`;
      const { rows } = await client.query<{ resource_id: string }>({ name: 'find', text, values: [NOW] });
      for (const { resource_id: id } of rows) await client.query({ name: 'move', text: MOVE[kind], values: [id] });
      return rows.length;
    },
    close: () => client.end(),
  };
}

/** What is due, told from the end of its time alone. */
const SCAN = {
  expiry: "expire_at < $1 AND state = 'ACTIVE' ORDER BY expire_at",
  renewal: "expire_at < $1::timestamptz + interval '8 days' AND expiry_policy = 'AUTO' ORDER BY expire_at",
} as const;
const MOVE = {
  expiry:
    "UPDATE instances.instances SET state = 'GRACE', freeze_at = expire_at + interval '7 days', release_at = expire_at + interval '22 days', stepped_at = next_at, next_at = expire_at + interval '7 days' WHERE resource_id = $1",
  renewal:
    "UPDATE instances.instances SET expire_at = expire_at + interval '1 year', stepped_at = next_at, next_at = expire_at + interval '350 days' WHERE resource_id = $1",
} as const;
