/** The delivering form asks for what the kind needs, and for nothing else. */
import type { FileRefView } from '@jishi/marketplace/console-api';
import { describe, expect, it } from 'vitest';
import { emptyHandOver, faultOf, fieldsOf, requestOf } from './hand-over-rules.ts';

const file: FileRefView = {
  fileId: '00000000-0000-4000-8000-000000000001',
  name: 'proof.pdf',
  size: 1,
  sha256: 'a'.repeat(64),
  mediaType: 'application/pdf',
};
type About = Parameters<typeof faultOf>[0];
const licence = (licenseVariant: About['licenseVariant']): About => ({
  accessType: 'LICENSE',
  licenseVariant,
  payload: { kind: 'LICENSE_TEXT', hasText: false, file: null },
  supervision: null,
});
const code: About = {
  accessType: 'LICENSE',
  licenseVariant: 'CODE',
  payload: { kind: 'LICENSE_CODE', pickedUpAt: null, activatedAt: null },
  supervision: null,
};
const service: About = { accessType: 'SERVICE', licenseVariant: null, payload: { kind: 'SERVICE' }, supervision: null };
const data: About = {
  accessType: 'DATA',
  licenseVariant: null,
  payload: { kind: 'FILE', assetId: null, version: null, file: null },
  supervision: null,
};

describe('fields', () => {
  it('are those of the kind (L6, L35)', () => {
    expect(fieldsOf(licence('OFFLINE'))).toEqual({ licenceText: true, file: 'LICENCE', enablingAt: true });
    expect(fieldsOf(service)).toEqual({ licenceText: false, file: null, enablingAt: true });
    expect(fieldsOf(data).file).toBe('DATA');
    expect(fieldsOf({ ...data, accessType: 'LICENSE', licenseVariant: 'PACKAGE' }).file).toBe('PACKAGE');
    // its activation is the enabling time (4.1)
    expect(fieldsOf(code).enablingAt).toBe(false);
  });
});

describe('what is missing', () => {
  it.each([
    ['an offline licence', licence('OFFLINE'), 'oneNeeded'],
    ['an identification code', licence('IDENTIFICATION'), 'licenceNeeded'],
    ['an authorisation code', code, 'proofNeeded'],
    ['a service', service, 'proofNeeded'],
    ['a data file', data, 'fileNeeded'],
  ] as const)('of %s is said before it is sent', (_, about, fault) => {
    expect(faultOf(about, emptyHandOver)).toBe(fault);
    expect(faultOf(about, { ...emptyHandOver, file, licenceText: 'KEY', proofs: [file] })).toBeNull();
  });

  it('a proof alone is enough for an offline licence, not for a code that is the goods', () => {
    const proof = { ...emptyHandOver, proofs: [file] };
    expect(faultOf(licence('OFFLINE'), proof)).toBeNull();
    expect(faultOf(licence('IDENTIFICATION'), proof)).toBe('licenceNeeded');
  });
});

it('S6-8: where the platform reviews, the key elements of the acceptance file are needed and sent as they were read', () => {
  const reviewed = { ...service, supervision: { factsNeeded: true } };
  const proof = { ...emptyHandOver, proofs: [file] };
  expect(faultOf(reviewed, proof)).toBe('factsNeeded');
  const facts = {
    ...{ orderNumbers: ' CS1，CS2 ', companyName: ' Globex ', validityFileId: null, kitFileId: null },
    items: [{ key: 1, product: ' Workspace ', specification: 'Standard' }],
  };
  expect(faultOf(reviewed, { ...proof, facts })).toBeNull();
  expect(requestOf({ ...proof, facts }, true).acceptance).toEqual({
    ...{ orderNumbers: ['CS1', 'CS2'], companyName: 'Globex', validityFileId: null, kitFileId: null },
    items: [{ product: 'Workspace', specification: 'Standard' }],
  });
});

it('blank text is no licence, and a licence is sent as it was typed', () => {
  expect(requestOf({ ...emptyHandOver, licenceText: '  ' }, false).licenceText).toBeNull();
  expect(requestOf({ ...emptyHandOver, licenceText: ' KEY\n', file, proofs: [file] }, false)).toEqual({
    licenceText: ' KEY\n',
    fileId: file.fileId,
    enablingAt: null,
    result: '',
    proofFileIds: [file.fileId],
    acceptance: null,
  });
});
