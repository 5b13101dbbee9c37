/** Who may do what: running services and deliveries. */
import type { Objects } from '../../../../../tests/support/two-tenants.ts';
import { type Access, goods, REASON, resourceId, SOME_FILE } from './access-objects.test-support.ts';

const handover = ({ handoverId }: Objects) => ({ deliveryId: handoverId });
const RECEIVES = { x: 'BO', o: 'BP' };
const MAKES = { x: 'SO', o: 'SD' };
const refundId = ({ refundId }: Objects) => ({ refundId });
const RENEW = { x: 'BO BF', o: 'BP' };
const SERVICES = { x: 'BO BV BF SO SD SS SF OM OA', o: 'BP SP' };
const AT_ONE = { expectedAmount: '1.00', agreementsAccepted: true };
const renewalOf = (id: string) =>
  encodeURIComponent(JSON.stringify([{ resourceId: id, periodType: 'year', periodNumber: 1 }]));
const codeId = ({ codeId }: Objects) => ({ codeId });
const LICENCE = { x: 'BO', o: 'BP' };
const callId = ({ callId }: Objects) => ({ callId });

export const SERVICES_ACCESS: Readonly<Record<string, Access>> = {
  'read /instances': { x: 'BO BV BF SO SD SS SF OM OA BP SP' },
  'read /instances/{resourceId}': { x: 'BO BV', o: 'BP', object: resourceId },
  'read /instances/{resourceId}/timeline': { x: 'BO BV', o: 'BP', object: resourceId },
  'read /instances/{resourceId}/subscription': {
    x: 'BO BV BF SO SD SS SF OM OA',
    o: 'BP SP',
    object: resourceId,
  },
  'read /instances/{resourceId}/licence': { x: 'BO BV SO OM OA', o: 'BP SP SD', object: resourceId },
  'command /instances/{resourceId}/code/pick-up': { ...LICENCE, object: resourceId, body: () => ({}) },
  'command /instances/{resourceId}/code/view': {
    ...LICENCE,
    object: resourceId,
    body: () => ({}),
    refusedByRule: true,
  },
  'command /instances/{resourceId}/licences': {
    ...LICENCE,
    object: resourceId,
    body: () => ({}),
    refusedByRule: true,
  },
  'command /licences/{eventId}/view': {
    ...LICENCE,
    object: ({ eventId }) => ({ eventId }),
    body: () => ({}),
  },
  'read /codes': { x: 'BO BP BV SO SP SD OM OA' },
  'command /codes/test': {
    x: 'SO',
    o: 'SD',
    object: ({ goodsId }) => ({ goodsId }),
    body: ({ goodsId }) => ({ goodsId }),
    refusedByRule: true,
  },
  'command /codes/{codeId}/view': { x: 'SO', o: 'SD', object: codeId, body: () => ({}) },
  'read /renewal-quotes': { ...RENEW, object: resourceId, query: ({ resourceId: id }) => `?items=${renewalOf(id)}` },
  'command /renewals': {
    ...RENEW,
    object: resourceId,
    body: ({ resourceId: id }) => ({ items: JSON.parse(decodeURIComponent(renewalOf(id))), ...AT_ONE }),
    refusedByRule: true,
  },
  'read /instances/{resourceId}/conversion-quote': {
    ...RENEW,
    object: resourceId,
    query: () => '?periodType=year&periodNumber=1',
    refusedByRule: true,
  },
  'command /instances/{resourceId}/conversion': {
    ...RENEW,
    object: resourceId,
    body: () => ({ periodType: 'year', periodNumber: 1, ...AT_ONE }),
    refusedByRule: true,
  },
  'read /instances/{resourceId}/change-quote': {
    ...RENEW,
    object: resourceId,
    query: ({ skuCode }) => `?skuCode=${skuCode}&quantity=10`,
  },
  'command /instances/{resourceId}/change': {
    ...RENEW,
    object: resourceId,
    body: ({ skuCode }) => ({ skuCode, quantity: 10, ...AT_ONE }),
    refusedByRule: true,
  },
  'read /instances/{resourceId}/change-check': {
    ...RENEW,
    object: resourceId,
    query: ({ skuCode }) => `?skuCode=${skuCode}&quantity=10`,
    refusedByRule: true,
  },
  'command /instances/{resourceId}/expiry-policy': { ...RENEW, object: resourceId, body: () => ({ policy: 'NONE' }) },
  'read /renewal-settings': { x: 'BO BF' },
  'command /renewal-settings': { x: 'BO BF', body: () => ({ deductDays: 7, unifyDay: null }) },
  'command /trials': {
    x: 'BO BP',
    body: ({ skuCode }) => ({ skuCode, agreementsAccepted: true }),
    refusedByRule: true,
  },
  'read /instances/{resourceId}/refund-quote': { x: 'BO', object: resourceId },
  'command /instances/{resourceId}/refund-code': {
    x: 'BO',
    object: resourceId,
    body: () => ({}),
    refusedByRule: true,
  },
  'command /instances/{resourceId}/refunds': {
    x: 'BO',
    object: resourceId,
    body: () => ({ kind: 'FIVE_DAY', amount: '1.00', reason: 'no use for it', dataLossAccepted: true }),
    refusedByRule: true,
  },
  'read /refunds': { x: 'BO BF SO SD SF OM OF OA' },
  'read /refunds/{refundId}': { x: 'BO BF SO SF OM OF OA', o: 'SD', object: refundId },
  'command /refunds/{refundId}/decision': {
    x: 'SO OM',
    o: 'SD',
    object: refundId,
    body: () => ({ agree: false, comment: 'no' }),
    refusedByRule: true,
  },
  'command /refunds/{refundId}/withdrawal': { x: 'BO', object: refundId, refusedByRule: true },
  'command /instances/{resourceId}/password-reveals': { x: 'BO', o: 'BP', object: resourceId },
  'read /calls': { x: 'SO SP SD OM OA' },
  'read /calls/{callId}': { x: 'SO SD OM OA', o: 'SP', object: callId },
  'command /calls/restarts': { x: 'SO SP SD OM', body: ({ callId }) => ({ callIds: [callId] }) },
  'command /calls/{callId}/stop': {
    x: 'SO SD OM',
    o: 'SP',
    object: callId,
    body: () => ({ reason: 'a test' }),
    refusedByRule: true,
  },
  'command /calls/{callId}/done': {
    x: 'SO SD OM',
    o: 'SP',
    object: callId,
    body: () => ({ reason: 'a test' }),
    refusedByRule: true,
  },
  'read /services': { x: 'BO BP BV BF SO SP SD SS SF OM OA' },
  'read /services/{resourceId}': { ...SERVICES, object: resourceId },
  'read /services/{resourceId}/timeline': { ...SERVICES, object: resourceId },
  'command /services/{resourceId}/violation-freeze': {
    x: 'OM',
    object: resourceId,
    body: () => ({ reason: 'a test', evidence: 'seen in a test' }),
    refusedByRule: true,
  },
  'command /services/{resourceId}/cure': {
    x: 'OM',
    object: resourceId,
    body: () => ({ reason: 'a test' }),
    refusedByRule: true,
  },
  'read /deliveries': { x: 'BO BP BV SO SP SD OM OA' },
  'read /deliveries/{deliveryId}': { x: 'BO BV SO OM OA', o: 'BP SP SD', object: handover },
  'command /deliveries/{deliveryId}/requirement': {
    ...RECEIVES,
    object: handover,
    body: () => ({ text: 'two days' }),
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/handover': {
    ...MAKES,
    object: handover,
    body: () => ({ result: 'done' }),
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/shipment': {
    ...MAKES,
    object: handover,
    body: () => ({ carrier: 'SF', trackingNo: 'SF1234' }),
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/acceptance': { ...RECEIVES, object: handover, refusedByRule: true },
  'command /deliveries/{deliveryId}/secret-reveals': { ...RECEIVES, object: handover, refusedByRule: true },
  'command /deliveries/{deliveryId}/receiver-reveals': { ...MAKES, object: handover, refusedByRule: true },
  'command /deliveries/{deliveryId}/downloads': {
    ...RECEIVES,
    object: handover,
    body: () => ({ fileId: SOME_FILE }),
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/document-links': {
    x: 'BO BV SO OM OA',
    o: 'BP SP SD',
    object: handover,
    body: () => ({ fileId: SOME_FILE }),
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/image-version': {
    ...RECEIVES,
    object: handover,
    body: () => ({ version: '2' }),
    refusedByRule: true,
  },
  'read /deliveries/{deliveryId}/operations': { x: 'BO BV SO OM OA', o: 'BP SP SD', object: handover },
  'command /deliveries/{deliveryId}/milestones': {
    ...MAKES,
    object: handover,
    body: () => ({ milestones: [] }),
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/requirement-confirmation': { ...MAKES, object: handover, refusedByRule: true },
  'command /deliveries/{deliveryId}/requirement-rejection': {
    ...MAKES,
    object: handover,
    body: () => REASON,
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/rejection': {
    ...RECEIVES,
    object: handover,
    body: () => REASON,
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/review': {
    x: 'OM',
    object: handover,
    body: () => ({ approve: true }),
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/appeal': {
    x: 'BO SO',
    o: 'BP SD',
    object: handover,
    body: () => REASON,
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/appeal-statements': {
    x: 'BO SO',
    o: 'BP SD',
    object: handover,
    body: () => ({ text: 'a test' }),
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/appeal-decision': {
    x: 'OM',
    object: handover,
    body: () => ({ outcome: 'DISMISS', ...REASON }),
    refusedByRule: true,
  },
  'command /refunds/{refundId}/return': {
    x: 'BO',
    object: refundId,
    body: () => ({ carrier: 'SF', trackingNo: 'SF1234' }),
    refusedByRule: true,
  },
  'command /refunds/{refundId}/inspection': {
    x: 'SO OM',
    o: 'SD',
    object: refundId,
    body: () => ({ accept: true }),
    refusedByRule: true,
  },
  'command /refunds/{refundId}/document-links': {
    x: 'BO BF SO SF OM OF OA',
    o: 'SD',
    object: refundId,
    body: () => ({ fileId: SOME_FILE }),
    refusedByRule: true,
  },
  'read /customers': { x: 'SO SP SD SS SF OM OF OA' },
  'read /differences': { x: 'SO SP SD OM OA' },
  'command /differences/comparisons': {
    x: 'SO SD OM',
    o: 'SP',
    object: goods,
    body: ({ goodsId }) => ({ goodsId }),
  },
  'command /calls/{callId}/restart': { x: 'SO SD OM', o: 'SP', object: callId },
};
