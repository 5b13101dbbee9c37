/** A product did not take what it was told of an enterprise → its seller, and whoever must decide (N-31 … N-34, E-22 … E-25b); administrators come and go (N-36). */
import { z } from 'zod';
import type { LocalizedText } from '../catalog/index.ts';
import { id, notice, parties, product, type Reader, reads, words } from './notice-parts.ts';

const failed = z.object({
  ...parties,
  ...product,
  enterpriseId: id,
  enterpriseName: words,
  kind: z.enum(['BIND', 'AUTHORISE', 'DIRECTORY', 'RESYNC', 'DISSOLVE']),
  interface: id,
  orderId: id,
  callId: id,
  error: words,
  members: z.number(),
});

const INTERFACES: Readonly<Record<string, string>> = {
  tenantSync: '企业同步',
  applicationSync: '应用同步',
  authSync: '人员授权同步',
  singleOrgSync: '部门同步',
  allOrgSync: '全量部门同步',
};
const nameOf = (name: string): LocalizedText => ({ zh: `${INTERFACES[name] ?? name}（${name}）`, en: name });
const affected = (count: number): LocalizedText =>
  count === 0 ? { zh: '', en: '' } : { zh: `涉及 ${count} 名成员。`, en: ` It is about ${count} members.` };

const administrator = z.object({ enterpriseName: words, userId: id, buyerId: id });
const toAdministrator = (variant: 'N-36.invited' | 'N-36.removed') =>
  reads(administrator, ({ enterpriseName, userId, buyerId }) => [
    { ...notice(variant, buyerId, { enterprise: enterpriseName }), onlyUserId: userId },
  ]);

export const PEOPLE_READERS: Readonly<Record<string, Reader>> = {
  'directory.administrator-invited': toAdministrator('N-36.invited'),
  'directory.administrator-removed': toAdministrator('N-36.removed'),
  'people.sync-failed': reads(failed, (told, event) => {
    const facts = {
      product: told.productName,
      order: told.orderId,
      enterprise: told.enterpriseName,
      enterpriseId: told.enterpriseId,
      interface: nameOf(told.interface),
      call: told.callId,
      error: told.error,
      at: event.occurredAt,
      affected: affected(told.members),
    };
    const binding = told.kind === 'BIND';
    const toSeller = notice(binding ? 'N-31.failed' : 'N-33.failed', told.sellerId, facts);
    // a dissolution asks nobody (E-28)
    if (told.kind === 'DISSOLVE') return [toSeller];
    return [toSeller, notice(binding ? 'N-32.decide' : 'N-34.decide', told.buyerId, facts)];
  }),
};
