/** The kit of joint-operation products: the workspace keeps what it is told of enterprises, and who may use it. */
import type { KitDepartmentFacts, KitHandlers, KitUserFacts, SignOnClient } from '@jishi/seller';
import { type KnownPeople, readPeople, writePeople } from '../data/people-file.ts';

export interface Enterprise {
  readonly tenantId: string;
  readonly instanceId: string;
  readonly name: string;
  readonly tenantCode: string;
  readonly domainName: string;
}
export interface People {
  readonly handlers: KitHandlers;
  enterprises(): readonly Enterprise[];
  departments(tenantId: string): readonly KitDepartmentFacts[];
  users(tenantId: string): readonly KitUserFacts[];
  /** what a member of this enterprise is signed on with; null = its application was never told of */
  client(tenantId: string): SignOnClient | null;
  clear(): Promise<void>;
}

type Rows<V> = Map<string, Map<string, V>>;

/**
 * Calls of the debugger (testFlag 1) change nothing.
 * @param file keeps it over a restart; null = in memory
 */
export async function keepPeople(file: string | null): Promise<People> {
  const known = file === null ? null : await readPeople(file);
  const enterprises = new Map(known?.enterprises.map((each) => [each.tenantId, each]));
  const secrets = new Map(Object.entries(known?.clients ?? {}));
  const departments = rowsOf<KitDepartmentFacts>(known?.departments, ({ code }) => code);
  const users = rowsOf<KitUserFacts>(known?.users, ({ userName }) => userName);
  const tables = [enterprises, departments, users, secrets];

  let saved: Promise<void> = Promise.resolve();
  /** One after the other: the last one has it all. */
  function save(): Promise<void> {
    if (file === null) return Promise.resolve();
    saved = saved.catch(() => {}).then(() => writePeople(file, snapshot()));
    return saved;
  }
  const snapshot = (): KnownPeople => ({
    enterprises: [...enterprises.values()],
    clients: Object.fromEntries(secrets),
    departments: plain(departments),
    users: plain(users),
  });

  return {
    handlers: {
      async tenant({ action, test, tenantId, instanceId, name, tenantCode, domainName }) {
        if (test) return;
        if (action !== 'delete') enterprises.set(tenantId, { tenantId, instanceId, name, tenantCode, domainName });
        else for (const table of tables) table.delete(tenantId);
        await save();
      },
      async application({ action, test, tenantId, clientId, clientSecret }) {
        if (test) return;
        if (action === 'delete') secrets.delete(tenantId);
        else secrets.set(tenantId, { clientId, clientSecret });
        await save();
      },
      async users({ action, test, tenantId, users: listed }) {
        if (test) return;
        const rows = rowsIn(users, tenantId);
        for (const user of listed)
          if (action === 'delete' || action === 'withdraw') rows.delete(user.userName);
          else rows.set(user.userName, user);
        await save();
      },
      async department({ action, test, tenantId, department }) {
        if (test) return;
        if (action === 'delete') rowsIn(departments, tenantId).delete(department.code);
        else rowsIn(departments, tenantId).set(department.code, department);
        await save();
      },
      async departments({ test, tenantId, departments: listed }) {
        if (test) return;
        departments.set(tenantId, new Map(listed.map((each) => [each.code, each])));
        await save();
      },
    },
    enterprises: () => [...enterprises.values()],
    departments: (tenantId) => [...(departments.get(tenantId)?.values() ?? [])],
    users: (tenantId) => [...(users.get(tenantId)?.values() ?? [])],
    client(tenantId) {
      const [secret, enterprise] = [secrets.get(tenantId), enterprises.get(tenantId)];
      return secret && enterprise ? { ...secret, domainName: enterprise.domainName } : null;
    },
    clear() {
      for (const table of tables) table.clear();
      return save();
    },
  };
}

function rowsIn<V>(table: Rows<V>, tenantId: string): Map<string, V> {
  const rows = table.get(tenantId) ?? new Map<string, V>();
  table.set(tenantId, rows);
  return rows;
}

const rowsOf = <V>(known: Readonly<Record<string, readonly V[]>> | undefined, keyOf: (row: V) => string): Rows<V> =>
  new Map(Object.entries(known ?? {}).map(([id, rows]) => [id, new Map(rows.map((row) => [keyOf(row), row]))]));

const plain = <V>(table: Rows<V>): Record<string, V[]> =>
  Object.fromEntries([...table].map(([tenantId, rows]) => [tenantId, [...rows.values()]]));
