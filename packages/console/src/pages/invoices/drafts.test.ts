import type { InvoiceDemandDetail } from '@jishi/marketplace/console-api';
import { describe, expect, it } from 'vitest';
import { another, draftsOf, enteredAt, gapIn, intlFields, requestOf } from './demand-draft.ts';
import { draftOf, emptyTitle, titleFaultOf, titleRequestOf } from './title-draft.ts';

const file = { fileId: 'f', name: 'i.pdf', size: 1, sha256: '', mediaType: 'application/pdf' };
const demand: InvoiceDemandDetail = {
  ...{ requisitionId: 'R-1', sellerId: 's', sellerName: 'S', class: 'JOINT', site: 'CN', currency: 'CNY' },
  ...{ total: '1060.00', periods: ['202601'], bills: [], state: 'TO_INVOICE', askedAt: '', dueOn: '', overdue: false },
  ...{ rejected: null, invoices: [], remark: 'R-1 202601', mayDecide: false },
  list: [{ rate: '0.06', net: '1000.00', tax: '60.00', gross: '1060.00' }],
};

describe('the invoices of a requisition as they are typed', () => {
  it('begin with one for each rate, its amounts and its remark', () => {
    expect(draftsOf(demand)).toMatchObject([{ rate: '0.06', gross: '1060.00', remark: 'R-1 202601' }]);
  });

  it('add up by rate; an amount that is none has no sum', () => {
    const [first] = draftsOf(demand);
    if (!first) throw new Error('no draft');
    const more = another([first], demand.remark);
    expect(more.key).not.toBe(first.key);
    expect(enteredAt([first, { ...more, gross: '0.01' }], '0.06')).toBe('1060.01');
    expect(enteredAt([first, { ...more, gross: 'x' }], '0.06')).toBeNull();
  });

  it('are sent when each is filled in, abroad with what S5-28 asks for', () => {
    const full = draftsOf(demand).map((draft) => ({ ...draft, number: ' 1 ', issuedOn: '2026-02-01', file }));
    expect(gapIn(draftsOf(demand), 'CN')).toEqual({ place: 0, member: 'number' });
    expect(gapIn(full, 'CN')).toBeNull();
    expect(gapIn(full, 'INTL')).toEqual({ place: 0, member: 'companyName' });
    const details = Object.fromEntries(intlFields.map((field) => [field, 'x']));
    expect(
      gapIn(
        full.map((draft) => ({ ...draft, details })),
        'INTL',
      ),
    ).toBeNull();
    expect(requestOf(full, 'CN').invoices[0]).toMatchObject({ number: '1', code: null, fileId: 'f' });
  });
});

describe('a title', () => {
  const company = { ...emptyTitle, name: 'A', taxNumber: '91310000ma1fl0000x', email: 'a@example.com' };

  it.each([
    [{ ...company, name: ' ' }, null, 'name'],
    [{ ...company, taxNumber: '12-3' }, null, 'taxNumber'],
    [{ ...company, type: 'PERSONAL' as const }, 'SPECIAL_DIGITAL' as const, 'person'],
    [{ ...company, email: '' }, 'ORDINARY_DIGITAL' as const, 'email'],
    [{ ...company, email: '' }, null, null],
    [company, 'ORDINARY_PAPER' as const, 'address'],
    [company, 'SPECIAL_DIGITAL' as const, null],
  ])('%# B-101: says what it lacks for the kind of invoice', (draft, kind, fault) => {
    expect(titleFaultOf(draft, kind)).toBe(fault);
  });

  it('comes back as it was kept', () => {
    const request = titleRequestOf(company);
    expect(request.title.taxNumber).toBe('91310000MA1FL0000X');
    const kept = {
      titleId: 't',
      title: { ...request.title, ...nothing },
      receiver: { ...nobody, email: 'a@example.com' },
    };
    expect(draftOf(kept)).toEqual({ ...company, taxNumber: '91310000MA1FL0000X' });
  });
});
const nothing = { taxNumber: '91310000MA1FL0000X', address: null, phone: null, bank: null, account: null };
const nobody = { name: null, phone: null, address: null };
