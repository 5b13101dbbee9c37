import type { DiagnosisCode } from './diagnosis.ts';

/**
 * Where the documentation explains a code or a section. The marketplace serves the pages under `/docs`; the same paths, with
 * `.md` appended, are the files of the folder `docs`.
 */

export type DocsLanguage = 'en' | 'zh';

/** The page of a code, e.g. `/docs/diagnosis/request.nonce-replayed`. */
export function diagnosisPage(code: DiagnosisCode, language: DocsLanguage = 'en'): string {
  return `/docs/diagnosis/${code}${suffix(language)}`;
}

/**
 * The page and the place in it that a `reference` of a diagnosis or of a conformance case means. A text that names no section
 * of a protocol leads to the list of the protocols.
 *
 * @example
 * referencePage('saas-v2.md 3.1'); // '/docs/protocol/saas-v2/signature#3.1'
 */
export function referencePage(reference: string, language: DocsLanguage = 'en'): string {
  const [, file = '', section = ''] = /^([a-z0-9-]+)\.md ?(\S*)/.exec(reference) ?? [];
  const mistake = /\bF\d+[a-z]?\b/.exec(reference)?.[0];
  const sections = PAGES[file];
  if (sections === undefined) return `/docs/protocol/README${suffix(language)}`;
  const page = sections[longestPrefix(Object.keys(sections), section)] ?? 'README';
  const anchor = mistake ?? section;
  return `/docs/protocol/${page}${suffix(language)}${anchor === '' ? '' : `#${anchor}`}`;
}

/** Sections of the specifications by the page that holds them; `''` is where everything else stands. */
const PAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'saas-v2': {
    '': 'saas-v2/README',
    '1.3': 'saas-v2/transport',
    '1.6': 'saas-v2/transport',
    '2': 'saas-v2/transport',
    '3': 'saas-v2/signature',
    '4': 'saas-v2/account-data',
    '5.1': 'saas-v2/newInstance',
    '5.2': 'saas-v2/queryInstance',
    '5.3': 'saas-v2/refreshInstance',
    '5.4': 'saas-v2/updateInstanceStatus',
    '5.5': 'saas-v2/releaseInstance',
    '5.6': 'saas-v2/upgradeInstance',
    '5.7': 'saas-v2/changeInstanceCheck',
    '5.8': 'saas-v2/orderNotify',
    '7': 'kit/README',
    '7.1': 'kit/tenantSync',
    '7.2': 'kit/applicationSync',
    '7.3': 'kit/authSync',
    '7.4': 'kit/singleOrgSync',
    '7.5': 'kit/allOrgSync',
    '8': 'saas-v2/result-codes',
    '9': 'saas-v2/transport',
    '11': 'kit/README',
  },
  'saas-v1': {
    '': 'saas-v1/README',
    '3': 'saas-v1/authToken',
    '4': 'saas-v1/body-sign',
    '5': 'saas-v1/account-data',
    '6.0.1': 'saas-v1/newInstance',
    '6.0.2': 'saas-v1/refreshInstance',
    '6.0.3': 'saas-v1/expireInstance',
    '6.0.4': 'saas-v1/releaseInstance',
    '6.0.5': 'saas-v1/upgrade',
    '6.0.6': 'saas-v1/instanceStatus',
    '6.0.7': 'saas-v1/queryInstance',
    '6.1': 'saas-v1/kit',
    '6.2': 'saas-v1/kit',
    '6.3': 'saas-v1/kit',
    '6.4': 'saas-v1/kit',
    '6.5': 'saas-v1/kit',
    '6.6': 'saas-v1/kit',
    '9': 'saas-v1/result-codes',
    '11': 'saas-v1/mistakes',
  },
  openapi: {
    '': 'openapi/README',
    '3': 'openapi/ak-sk',
    '5.1': 'openapi/order-query',
    '5.2': 'openapi/usage-push',
  },
  'license-and-other-types': {
    '': 'license/README',
    '3': 'license/online',
    '4': 'license/authorisation-code',
    '5': 'license/provisioning',
    '10': 'license/result-codes',
  },
};

/** `5.2.1` is found under `5.2`, else under `5`, else under the empty text; `11` is never found under `1`. */
function longestPrefix(sections: readonly string[], wanted: string): string {
  const parts = wanted.split('.');
  const prefixes = parts.map((_, index) => parts.slice(0, parts.length - index).join('.'));
  return prefixes.find((prefix) => sections.includes(prefix)) ?? '';
}

function suffix(language: DocsLanguage): string {
  return language === 'zh' ? '.zh' : '';
}
