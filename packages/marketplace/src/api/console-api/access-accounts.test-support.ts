/** Who may do what: people, messages and the operator’s own. */
import type { Objects } from '../../../../../tests/support/two-tenants.ts';
import { type Access, ALL, sellerOf, walletOf } from './access-objects.test-support.ts';

// somebody whom no buyer has; a real account: members.db.test.ts
const buyer = ({ goodsId }: Objects) => ({ buyerId: walletOf.get(goodsId)?.buyerId ?? '', userId: 'nobody' });
const receiverId = ({ receiverId }: Objects) => ({ receiverId });
const PERSON = { name: 'Ann', language: 'en', phone: null, userId: null, choices: [] };
const EVERYTHING = ['OPENING', 'RENEWAL', 'OPERATIONS', 'MONEY', 'SUSPENSION'].map((name) => ({
  class: name,
  channels: ['SMS', 'EMAIL', 'SITE'],
}));

export const ACCOUNTS_ACCESS: Readonly<Record<string, Access>> = {
  'read /members': { x: 'BO SO OS' },
  // no role that all of them give; whose account it is: members.db.test.ts
  'command /members': {
    x: 'BO SO OS',
    body: () => ({ loginName: 'a.member', displayName: 'A', role: 'DO' }),
    refusedByRule: true,
  },
  'command /members/changes': { x: 'BO SO OS', body: () => ({ userId: 'nobody' }), refusedByRule: true },
  'command /members/sign-outs': { x: 'BO SO OS', body: () => ({ userId: 'nobody' }), refusedByRule: true },
  'command /members/second-factor-resets': { x: 'BO SO OS', body: () => ({ userId: 'nobody' }), refusedByRule: true },
  'command /operator/second-factor-resets': { x: 'OS', body: () => ({ loginName: 'nobody' }), refusedByRule: true },
  'read /operator/audit': { x: 'OA OS' },
  'read /operator/audit-file': { x: 'OA OS' },
  'command /members/passwords': { x: 'BO SO OS', body: () => ({ userId: 'nobody' }), refusedByRule: true },
  'read /operator/tenants': { x: 'OR OM OA' },
  'command /operator/tenants': {
    x: 'OR OM',
    body: () => ({
      kind: 'seller',
      name: 'A new seller',
      email: 'a@example.com',
      phone: '13800000000',
      owner: { loginName: 'new.seller', displayName: 'A' },
    }),
    refusedByRule: true,
  },
  'read /operator/buyers/{buyerId}/distributor-accounts': { x: 'OR OM OA', object: buyer },
  'command /operator/buyers/{buyerId}/distributor-accounts': {
    x: 'OR OM',
    object: buyer,
    body: () => ({ loginName: 'new.distributor', displayName: 'A' }),
    refusedByRule: true,
  },
  'command /operator/buyers/{buyerId}/distributor-accounts/{userId}/lock': {
    x: 'OR OM',
    object: buyer,
    body: () => ({ disabled: true }),
    refusedByRule: true,
  },
  'command /operator/buyers/{buyerId}/distributor-accounts/{userId}/password': {
    x: 'OR OM',
    object: buyer,
    refusedByRule: true,
  },
  'read /operator/hardware-sellers': { x: 'OR OM' },
  'command /operator/hardware-sellers/{sellerId}': {
    x: 'OR OM',
    object: ({ goodsId }) => ({ sellerId: sellerOf.get(goodsId) ?? '' }),
    body: () => ({ listed: true }),
  },
  'read /overview': { x: 'OM OF OA' },
  'read /messages': { x: ALL },
  'read /messages/unread': { x: ALL },
  'command /messages/reads': { x: ALL },
  'read /receivers': { x: 'BO SO DO' },
  'command /receivers': { x: 'BO SO DO', body: () => ({ ...PERSON, email: 'new@tenant.example' }) },
  'command /receivers/account': { x: 'BO SO DO', body: () => ({ language: 'zh', choices: EVERYTHING }) },
  'command /receivers/{receiverId}': {
    x: 'BO SO DO',
    object: receiverId,
    body: ({ receiverId }) => ({ ...PERSON, email: `${receiverId}@tenant.example` }),
  },
  'command /receivers/{receiverId}/removal': { x: 'BO SO DO', object: receiverId },
  'command /receivers/{receiverId}/codes': { x: 'BO SO DO', object: receiverId, body: () => ({ channel: 'EMAIL' }) },
  'command /receivers/{receiverId}/verification': {
    x: 'BO SO DO',
    object: receiverId,
    body: () => ({ channel: 'EMAIL', code: '000000' }),
  },
  'read /outbox': { x: 'OM OA OS' },
  'command /outbox/{deliveryId}/restart': { x: 'OM', object: ({ deliveryId }) => ({ deliveryId }) },
  'read /tasks': { x: 'OM OA' },
  'command /tasks/{taskId}/restart': { x: 'OM' },
};
