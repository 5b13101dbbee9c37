import { describe, expect, it } from 'vitest';
import { diagnosisPage, referencePage } from './pages.ts';

/** Codes and sections lead to their pages; that the pages exist is checked where the documentation is. */

it('names the page of a code in both languages', () => {
  expect(diagnosisPage('request.nonce-replayed')).toBe('/docs/diagnosis/request.nonce-replayed');
  expect(diagnosisPage('request.nonce-replayed', 'zh')).toBe('/docs/diagnosis/request.nonce-replayed.zh');
});

describe('referencePage', () => {
  it.each([
    ['saas-v2.md 3.1', '/docs/protocol/saas-v2/signature#3.1'],
    ['saas-v2.md 1.1', '/docs/protocol/saas-v2/README#1.1'],
    ['saas-v2.md 1.6', '/docs/protocol/saas-v2/transport#1.6'],
    ['saas-v2.md 5', '/docs/protocol/saas-v2/README#5'],
    ['saas-v2.md 5.2', '/docs/protocol/saas-v2/queryInstance#5.2'],
    ['saas-v2.md 7', '/docs/protocol/kit/README#7'],
    ['saas-v2.md 7.3', '/docs/protocol/kit/authSync#7.3'],
    ['saas-v1.md 6.0.1', '/docs/protocol/saas-v1/newInstance#6.0.1'],
    ['saas-v1.md 11 F5e', '/docs/protocol/saas-v1/mistakes#F5e'],
    ['saas-v1.md 11', '/docs/protocol/saas-v1/mistakes#11'],
    ['openapi.md 3.3', '/docs/protocol/openapi/ak-sk#3.3'],
    ['license-and-other-types.md', '/docs/protocol/license/README'],
    ['license-and-other-types.md 4.5', '/docs/protocol/license/authorisation-code#4.5'],
    ['settlement.md 7.5', '/docs/protocol/README'],
    ['nonsense', '/docs/protocol/README'],
  ])('%s', (reference, page) => expect(referencePage(reference)).toBe(page));

  it('gives the Chinese page with its anchor last', () => {
    expect(referencePage('saas-v2.md 3.1', 'zh')).toBe('/docs/protocol/saas-v2/signature.zh#3.1');
  });
});
