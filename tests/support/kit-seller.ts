/** A product that keeps the kit's tables: what it was told of tenants, applications, departments and users. It can be made to fail. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createKitServer,
  type KitDepartmentFacts,
  type KitHandlers,
  type KitUserFacts,
  memoryStore,
  refuse,
  type SignOnClient,
  toNodeHandler,
} from '../../packages/seller/src/index.ts';

export interface KitSeller {
  readonly url: string;
  readonly publicKey: string;
  readonly tenants: Map<string, string>;
  /** client secrets by tenant */
  readonly secrets: Map<string, string>;
  /** what members of a tenant are signed on with */
  readonly clients: Map<string, SignOnClient>;
  readonly departments: Map<string, KitDepartmentFacts>;
  readonly users: Map<string, KitUserFacts>;
  /** interface and action of each call, in order */
  readonly calls: string[];
  /** the next calls of an interface that are refused after having been half done, as a database that went away does */
  fail(name: keyof KitHandlers, after: number, times: number): void;
  close(): Promise<void>;
}

/** @param accessKey what the marketplace signs with */
export async function startKitSeller(accessKey: string, clock: () => number): Promise<KitSeller> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 3072,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const tables = {
    tenants: new Map<string, string>(),
    secrets: new Map<string, string>(),
    clients: new Map<string, SignOnClient>(),
    domains: new Map<string, string>(),
    departments: new Map<string, KitDepartmentFacts>(),
    users: new Map<string, KitUserFacts>(),
    calls: [] as string[],
  };
  let faults: { name: keyof KitHandlers; after: number; times: number } | null = null;
  const struck = (name: keyof KitHandlers): boolean => {
    if (faults === null || faults.name !== name) return false;
    if (faults.after > 0) {
      faults = { ...faults, after: faults.after - 1 };
      return false;
    }
    faults = faults.times > 1 ? { ...faults, times: faults.times - 1 } : null;
    return true;
  };
  const locked = () => refuse('000005', 'the user table is locked');
  const put = <V>(map: Map<string, V>, key: string, value: V | null) =>
    value === null ? void map.delete(key) : void map.set(key, value);
  const server = createKitServer({
    accessKey,
    privateKey,
    store: memoryStore(),
    clock,
    handlers: {
      async tenant({ action, tenantId, name, domainName }) {
        tables.calls.push(`tenant ${action}`);
        if (struck('tenant')) return locked();
        put(tables.tenants, tenantId, action === 'delete' ? null : name);
        put(tables.domains, tenantId, domainName);
        return undefined;
      },
      async application({ action, tenantId, clientId, clientSecret }) {
        tables.calls.push(`application ${action}`);
        if (struck('application')) return locked();
        put(tables.secrets, tenantId, action === 'delete' ? null : clientSecret);
        const domainName = tables.domains.get(tenantId) ?? '';
        put(tables.clients, tenantId, action === 'delete' ? null : { clientId, clientSecret, domainName });
        return undefined;
      },
      async users({ action, users }) {
        tables.calls.push(`users ${action} ${users.length}`);
        const strikes = struck('users');
        const done = strikes ? users.slice(0, users.length / 2) : users;
        for (const user of done)
          put(tables.users, user.userName, action === 'delete' || action === 'withdraw' ? null : user);
        return strikes ? locked() : undefined;
      },
      async department({ action, department }) {
        tables.calls.push(`department ${action} ${department.code}`);
        if (struck('department')) return locked();
        put(tables.departments, department.code, action === 'delete' ? null : department);
        return undefined;
      },
      async departments({ departments }) {
        tables.calls.push(`departments ${departments.length}`);
        if (struck('departments')) return locked();
        tables.departments.clear();
        for (const department of departments) tables.departments.set(department.code, department);
        return undefined;
      },
    },
  });
  const http = createServer(toNodeHandler(server.fetch));
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  const address = http.address();
  return {
    ...tables,
    url: `http://127.0.0.1:${isAddress(address) ? address.port : 0}`,
    publicKey,
    fail(name, after, times) {
      faults = { name, after, times };
    },
    close: () =>
      new Promise((done) => {
        http.close(() => done());
        http.closeAllConnections();
      }),
  };
}

const isAddress = (address: ReturnType<ReturnType<typeof createServer>['address']>): address is AddressInfo =>
  typeof address === 'object' && address !== null;
