/** The kit of joint-operation products: the workspace keeps what it is told of enterprises, and who may use it. */
import type { KitDepartmentFacts, KitHandlers, KitUserFacts } from '@jishi/seller';

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
  clear(): void;
}

/** In memory; calls of the debugger (testFlag 1) change nothing. */
export function keepPeople(): People {
  const enterprises = new Map<string, Enterprise>();
  const departments = new Map<string, Map<string, KitDepartmentFacts>>();
  const users = new Map<string, Map<string, KitUserFacts>>();
  const of = <V>(table: Map<string, Map<string, V>>, tenantId: string): Map<string, V> => {
    const rows = table.get(tenantId) ?? new Map<string, V>();
    table.set(tenantId, rows);
    return rows;
  };
  return {
    handlers: {
      async tenant({ action, test, tenantId, instanceId, name, tenantCode, domainName }) {
        if (test) return;
        if (action !== 'delete') enterprises.set(tenantId, { tenantId, instanceId, name, tenantCode, domainName });
        else for (const table of [enterprises, departments, users]) table.delete(tenantId);
      },
      // signing in needs the client's id and secret; until then it is enough to have been able to read it
      async application() {},
      async users({ action, test, tenantId, users: listed }) {
        if (test) return;
        const rows = of(users, tenantId);
        for (const user of listed)
          if (action === 'delete' || action === 'withdraw') rows.delete(user.userName);
          else rows.set(user.userName, user);
      },
      async department({ action, test, tenantId, department }) {
        if (test) return;
        if (action === 'delete') of(departments, tenantId).delete(department.code);
        else of(departments, tenantId).set(department.code, department);
      },
      async departments({ test, tenantId, departments: listed }) {
        if (!test) departments.set(tenantId, new Map(listed.map((each) => [each.code, each])));
      },
    },
    enterprises: () => [...enterprises.values()],
    departments: (tenantId) => [...(departments.get(tenantId)?.values() ?? [])],
    users: (tenantId) => [...(users.get(tenantId)?.values() ?? [])],
    clear() {
      for (const table of [enterprises, departments, users]) table.clear();
    },
  };
}
