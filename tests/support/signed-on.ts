/** The demo product's pages for members, beside a product that keeps the kit's tables: who is signed on there, and who is out. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Page } from 'playwright-core';
import { memberPages, SIGN_ON_PATH } from '../../examples/demo-seller/src/pages/sign-on.ts';
import type { KitSeller } from './kit-seller.ts';

export interface MemberSite {
  /** registered as the product's login address */
  readonly loginUrl: string;
  close(): Promise<void>;
}

export async function startMemberSite(product: KitSeller, clock: () => number): Promise<MemberSite> {
  const late = { url: '' };
  const pages = memberPages({
    people: {
      client: (tenantId) => product.clients.get(tenantId) ?? null,
      enterprises: () =>
        [...product.tenants].map(([tenantId, name]) => ({
          ...{ tenantId, name, instanceId: '', tenantCode: '', domainName: '' },
        })),
      users: () => [],
    },
    random: (length) => randomBytes(length),
    publicUrl: () => late.url,
    clock,
  });
  const server = createServer(getRequestListener(pages.fetch));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  late.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    loginUrl: `${late.url}${SIGN_ON_PATH}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** From the workplace's tile into the product, which shows the member's name (E-38). @returns the product's page */
export async function entersProduct(member: Page, name: string): Promise<string> {
  await member.getByTestId('tile').click();
  await member.locator('h1', { hasText: name }).waitFor();
  return member.url();
}

/** The product asks about the member with each page: this one is out, and is told why (E-39). */
export async function isOutOf(member: Page, productPage: string, reason: string): Promise<void> {
  await member.goto(productPage);
  await member.locator('[role="alert"]', { hasText: reason }).waitFor();
}
