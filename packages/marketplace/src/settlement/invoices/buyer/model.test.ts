/** An invoice to a buyer moves along 7.7 and no other way, whatever buyer and issuer do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { titleFault } from '../titles.ts';
import {
  BUYER_INVOICE_STATES,
  type BuyerInvoice,
  buyerInvoiceTransitions,
  courierPaidBy,
  type InvoiceStep,
  nextSteps,
  stepped,
} from './model.ts';
import { issuerOf, SELLERS_INVOICE_FROM } from './orders.ts';

const NOW = new Date('2026-01-05T02:00:00Z');
const person = {
  type: 'PERSONAL',
  name: 'Ann',
  taxNumber: null,
  address: null,
  phone: null,
  bank: null,
  account: null,
} as const;
const nowhere = { email: null, name: null, phone: null, address: null };
const file = { fileId: 'f', name: 'i.pdf', size: 1, sha256: '', mediaType: 'application/pdf' };
const asked: BuyerInvoice = {
  ...{ invoiceId: 'i', requestId: 'r', issuer: 'SELLER', sellerId: 's', buyerId: 'b', kind: 'ORDINARY_DIGITAL' },
  ...{
    title: person,
    receiver: nowhere,
    note: '',
    currency: 'CNY',
    rate: '0.06',
    net: '94.34',
    tax: '5.66',
    gross: '100.00',
  },
  ...{ lines: [], orderIds: [], state: 'IN_REVIEW', cancelRefused: false, returnRefused: false, reason: null },
  ...{ issued: null, courier: null, returned: null, letter: null, requestedAt: NOW, requestedBy: 'u', dueAt: NOW },
  ...{ sentAt: null, traceId: 't' },
};
const paper: BuyerInvoice = { ...asked, kind: 'ORDINARY_PAPER' };
const issued = { number: '1', code: null, issuedOn: '2026-01-05', file };
const courier = { carrier: 'SF', trackingNo: '1' };
const STEPS: readonly InvoiceStep[] = [
  { step: 'accept' },
  { step: 'refuse', reason: 'no' },
  { step: 'issue', issued, courier },
  { step: 'cancel' },
  { step: 'answer-cancel', agree: true, reason: '' },
  { step: 'answer-cancel', agree: false, reason: 'printed' },
  { step: 'receive' },
  { step: 'return', returned: { deducted: true, reason: 'r', files: [file], courier: null, red: null } },
  { step: 'answer-return', agree: true, red: issued },
  { step: 'answer-return', agree: false, reason: 'no' },
];
const after = (invoice: BuyerInvoice, ...steps: readonly InvoiceStep[]): BuyerInvoice =>
  steps.reduce((current, step) => {
    const next = stepped(current, step, NOW);
    if (!next.ok) throw new Error(next.refusal.message);
    return next.value;
  }, invoice);
const [accept, refuse, issue, cancel, agree, decline, receive, giveBack, takeBack] = STEPS;

it('7.7: any steps in any order keep to the diagram, and only what is offered is taken', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(asked, paper),
      fc.array(fc.constantFrom(...STEPS), { maxLength: 12 }),
      (start, steps) => {
        let invoice = start;
        for (const step of steps) {
          const offered = [...nextSteps(invoice, 'BUYER'), ...nextSteps(invoice, 'ISSUER')].includes(step.step);
          const next = stepped(invoice, step, NOW);
          expect(next.ok).toBe(offered);
          if (!next.ok) continue;
          const through = invoice.state === 'IN_REVIEW' && step.step === 'issue' ? 'ISSUING' : invoice.state;
          expect(buyerInvoiceTransitions[through]).toContain(next.value.state);
          invoice = next.value;
        }
      },
    ),
    { numRuns: 500 },
  );
});

it('7.7: each state can be reached', () => {
  const reached = new Set<string>(['IN_REVIEW']);
  for (const state of BUYER_INVOICE_STATES) for (const next of buyerInvoiceTransitions[state]) reached.add(next);
  expect([...reached].toSorted()).toEqual([...BUYER_INVOICE_STATES].toSorted());
});

describe('what the rules say besides', () => {
  it('S5-22a: a request is refused before it is issued, not after', () => {
    if (!accept || !refuse || !issue) throw new Error('steps');
    expect(after(asked, refuse)).toMatchObject({ state: 'REFUSED', reason: 'no' });
    expect(stepped(after(asked, accept), refuse, NOW).ok).toBe(false);
    expect(stepped(after(asked, issue), refuse, NOW).ok).toBe(false);
  });

  it('S5-17, B-101: an electronic invoice comes with its file and is done; a paper one is on its way', () => {
    const bare: InvoiceStep = { step: 'issue', issued: { ...issued, file: null }, courier: null };
    expect(stepped(asked, bare, NOW)).toMatchObject({ ok: false, refusal: { code: 'INVOICE_FILE' } });
    expect(stepped(paper, bare, NOW)).toMatchObject({ ok: false, refusal: { code: 'INVOICE_COURIER' } });
    expect(stepped(paper, { ...bare, courier }, NOW)).toMatchObject({ value: { state: 'TO_RECEIVE', sentAt: NOW } });
    expect(stepped(asked, { step: 'issue', issued, courier }, NOW)).toMatchObject({
      value: { state: 'ISSUED', courier: null },
    });
  });

  it('7.7: only paper is stopped while it is issued, and the issuer answers', () => {
    if (!accept || !cancel || !agree || !decline) throw new Error('steps');
    expect(stepped(after(asked, accept), cancel, NOW).ok).toBe(false);
    expect(after(paper, accept, cancel, decline)).toMatchObject({
      state: 'ISSUING',
      cancelRefused: true,
      reason: 'printed',
    });
    expect(after(paper, accept, cancel, agree).state).toBe('CANCELLED');
    expect(after(asked, cancel).state).toBe('CANCELLED');
  });

  it('S-64: a deducted invoice is returned with proofs, a paper one is sent back; a red invoice takes it back', () => {
    if (!issue || !receive || !giveBack || !takeBack) throw new Error('steps');
    const back = { deducted: false, reason: 'wrong title', files: [], courier: null, red: null };
    const done = after(asked, issue);
    expect(stepped(done, { step: 'return', returned: { ...back, deducted: true } }, NOW).ok).toBe(false);
    expect(stepped(after(paper, issue, receive), { step: 'return', returned: back }, NOW).ok).toBe(false);
    expect(stepped(done, { step: 'return', returned: back }, NOW).ok).toBe(true);
    expect(after(done, giveBack, takeBack)).toMatchObject({ state: 'RETURNED', returned: { red: { number: '1' } } });
  });

  it('S5-16: below CNY 100 the buyer pays the courier of paper', () => {
    expect(courierPaidBy({ ...paper, gross: '99.99' })).toBe('BUYER');
    expect(courierPaidBy({ ...paper, gross: '100.00' })).toBe('SELLER');
    expect(courierPaidBy({ ...asked, gross: '99.99' })).toBe(null);
  });

  it('S1-2, S5-15: sellers invoice general orders from 2018-11-01 00:00 on, the marketplace all else', () => {
    const order = { class: 'GENERAL', site: 'CN', placedAt: SELLERS_INVOICE_FROM, sellerId: 's' } as const;
    expect(SELLERS_INVOICE_FROM.toISOString()).toBe('2018-10-31T16:00:00.000Z');
    expect(issuerOf(order)).toBe('SELLER:s');
    expect(issuerOf({ ...order, placedAt: new Date(SELLERS_INVOICE_FROM.getTime() - 1) })).toBe('PLATFORM');
    expect(issuerOf({ ...order, class: 'JOINT' })).toBe('PLATFORM');
    expect(issuerOf({ ...order, site: 'INTL' })).toBe('PLATFORM');
  });

  it('B-101: special invoices name a taxpayer; paper needs an address, all else a mailbox', () => {
    const company = { ...person, type: 'ENTERPRISE', taxNumber: '91440300708461136T' } as const;
    const mailbox = { ...nowhere, email: 'a@example.com' };
    const memberOf = (fault: ReturnType<typeof titleFault>) => fault?.facts?.member ?? null;
    expect(memberOf(titleFault('SPECIAL_DIGITAL', person, mailbox))).toBe('type');
    expect(memberOf(titleFault('SPECIAL_DIGITAL', { ...company, taxNumber: null }, mailbox))).toBe('taxNumber');
    expect(memberOf(titleFault('SPECIAL_DIGITAL', { ...company, taxNumber: 'IE1234567T' }, mailbox))).toBe('taxNumber');
    expect(titleFault('SPECIAL_DIGITAL', { ...company, taxNumber: 'IE1234567T' }, mailbox, 'EU')).toBe(null);
    expect(memberOf(titleFault('ORDINARY_DIGITAL', person, nowhere))).toBe('email');
    expect(memberOf(titleFault('ORDINARY_PAPER', person, mailbox))).toBe('address');
    expect(titleFault('SPECIAL_DIGITAL', company, mailbox)).toBe(null);
  });
});
