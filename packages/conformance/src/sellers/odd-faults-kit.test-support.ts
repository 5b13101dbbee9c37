/** Sellers of the kit as one would not think of them, until one meets them: what libraries and frameworks do by themselves. */
import { signKitTokenV1 } from '@jishi/protocol';
import { asDotNet, asGson, asHashMap } from '../kit/libraries.ts';
import type { Fault } from './faults-kit.test-support.ts';
import {
  canonical,
  KEY,
  keysOf,
  type Members,
  refuse,
  type SellerCall,
  type Verifying,
  type World,
} from './right-kit.test-support.ts';

function refuses(name: string, says: string, verify: Partial<Verifying>): Fault {
  return { name, code: 'security.valid-refused', says, hooks: { verify } };
}

const changed = (members: Members, change: (value: unknown) => unknown) =>
  canonical(Object.fromEntries(Object.entries(members).map(([name, value]) => [name, change(value)])));
const onText = (change: (text: string) => string) => (value: unknown) =>
  typeof value === 'string' ? change(value) : value;

export const ODD_FAULTS: readonly Fault[] = [
  refuses('reads with Gson into a map', '1.0', { payload: ({ members }) => asGson(canonical(members)) }),
  refuses('reads with fastjson, whose nested objects are HashMaps', 'HashMap', {
    payload: ({ members }) => asHashMap(canonical(members)),
  }),
  refuses('writes with System.Text.Json', 'System.Text.Json', {
    payload: ({ members }) => asDotNet(canonical(members)),
  }),
  refuses('serialises its class in the order of declaration', 'order of declaration', {
    payload: ({ kit, members }) =>
      kit === 'tenantSync'
        ? JSON.stringify(Object.fromEntries(DECLARED.map((name) => [name, members[name]])))
        : canonical(members),
  }),
  refuses('decodes values as if they stood in a URL', 'URL-decoded', {
    payload: ({ members }) =>
      changed(
        members,
        onText((text) => decodeURIComponent(text.replaceAll('+', ' ').replace(/%(?![0-9A-F]{2})/g, '%25'))),
      ),
  }),
  refuses('turns lists into text', 'turned into text', {
    payload: ({ members }) => changed(members, (value) => (typeof value === 'string' ? value : JSON.stringify(value))),
  }),
  refuses('signs with timeStamp of the body', 'timeStamp of the body', {
    payload: ({ members }) => canonical(members),
    joined: (key, nonce, _timestamp, payload) => key + nonce + JSON.parse(payload).timeStamp + payload,
  }),
  {
    name: 'expects V1.0’s authToken',
    code: 'security.valid-refused',
    says: 'authToken',
    hooks: {
      verify: {
        checksSignature: ({ text, request }) => request.headers.authtoken !== signKitTokenV1(text, KEY).authToken,
        equals: () => false,
      },
    },
  },
  {
    name: 'remembers the key in place of the nonce',
    code: 'security.valid-refused',
    says: 'more than the nonce',
    hooks: {
      keep: { instead: ({ isTest }, world) => (isTest && count(world) > 1 ? refuse('000001', 'replay') : null) },
    },
  },
  {
    name: 'takes timeStamp as UTC',
    code: 'result.refused',
    says: 'compared as UTC',
    hooks: {
      keep: {
        instead: ({ members }) =>
          Math.abs(utc(members.timeStamp) - Date.now()) > 600_000 ? refuse('000002', 'timeStamp') : null,
      },
    },
  },
  {
    name: 'wants timeStamp with 14 digits',
    code: 'result.refused',
    says: '14 digits only',
    hooks: {
      keep: {
        instead: ({ members }) => (String(members.timeStamp).length === 14 ? null : refuse('000002', 'timeStamp')),
      },
    },
  },
  {
    name: 'wants the activity that base calls have',
    code: 'result.refused',
    says: 'activity',
    hooks: {
      keep: { instead: ({ members }) => (members.activity === undefined ? refuse('000002', 'activity') : null) },
    },
  },
  {
    name: 'wants a charset in Content-Type',
    code: 'http.status',
    says: 'without a charset',
    hooks: {
      handle: ({ request }, response) => {
        if (/charset/.test(request.headers['content-type'] ?? '')) return false;
        response.writeHead(415).end();
        return true;
      },
    },
  },
  {
    name: 'knows no charset in Content-Type',
    code: 'http.status',
    says: 'media type',
    hooks: {
      handle: ({ request }, response) => {
        if (request.headers['content-type'] === 'application/json') return false;
        response.writeHead(415).end();
        return true;
      },
    },
  },
  {
    name: 'takes flag 0 for no flag',
    code: 'result.refused',
    says: 'flag 0',
    hooks: { keep: { instead: ({ members }) => (members.flag === 0 ? refuse('000002', 'flag is missing') : null) } },
  },
  {
    name: 'has a department twice, from both interfaces',
    code: 'kit.add-not-repeatable',
    says: 'that allOrgSync brought',
    hooks: { keep: { instead: twoTables() } },
  },
  {
    name: 'keeps the key of what was deleted',
    code: 'kit.add-not-repeatable',
    says: 'after a delete',
    hooks: { keep: { instead: softDelete() } },
  },
  {
    name: 'has one instance for each tenant',
    code: 'result.refused',
    says: 'instanceId + tenantId',
    hooks: {
      keep: {
        instead: ({ kit, members }, world) => {
          const others = [...(world.get('tenantSync') ?? [])].filter((key) => key.endsWith(`,${members.tenantId}`));
          const isOther = others.length > 0 && !others.includes(`${members.instanceId},${members.tenantId}`);
          return kit === 'tenantSync' && members.flag === 1 && isOther ? refuse('000005', 'Duplicate entry') : null;
        },
      },
    },
  },
  {
    name: 'checks live calls no more',
    code: 'security.signature-not-checked',
    says: 'live: tenantSync',
    live: true,
    hooks: { verify: { checksSignature: ({ isTest }) => isTest } },
  },
  {
    name: 'breaks without x-nonce',
    code: 'http.status',
    hooks: {
      handle: ({ request }, response) => {
        if (request.headers['x-nonce']) return false;
        response.writeHead(500).end('NullPointerException');
        return true;
      },
    },
  },
  {
    name: 'answers allOrgSync with its list',
    code: 'body.not-object',
    hooks: {
      write: (written, { kit }) =>
        kit === 'allOrgSync' && String(written.body).includes('000000') ? { ...written, body: '[]' } : written,
    },
  },
  {
    name: 'puts a callback around its answers',
    code: 'body.not-json',
    says: 'JSONP',
    hooks: { write: (written) => ({ ...written, body: `callback(${String(written.body)})` }) },
  },
  {
    name: 'knows only orgInfo and name of V1.0',
    code: 'kit.user-list',
    says: 'orgInfo and name',
    hooks: {
      keep: {
        instead: ({ kit, members }) => (kit === 'allOrgSync' && !members.orgInfo ? refuse('000002', 'orgInfo') : null),
        list: (value) => (Array.isArray(value) ? value : []),
      },
    },
  },
];

const DECLARED = [
  'instanceId',
  'orderId',
  'tenantId',
  'tenantCode',
  'name',
  'domainName',
  'flag',
  'testFlag',
  'timeStamp',
];

function count(world: World): number {
  return [...world.values()].reduce((sum, keys) => sum + keys.size, 0);
}

function utc(text: unknown): number {
  const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)/.exec(String(text)) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
}

/** Deleted records are only marked, and still count when one comes back. */
function softDelete() {
  const deleted = new Set<string>();
  return (call: SellerCall): Members | null => {
    const [key] = keysOf({ list: () => [] }, call) ?? [];
    if (call.kit !== 'tenantSync' || key === undefined) return null;
    if (call.members.flag === 0) deleted.add(key);
    return call.members.flag === 1 && deleted.has(key) ? refuse('000005', 'Duplicate entry') : null;
  };
}

/** What allOrgSync brought is unique, and not looked for by singleOrgSync. */
function twoTables() {
  const brought = new Set<unknown>();
  return ({ kit, members }: SellerCall): Members | null => {
    const list = Array.isArray(members.orgInfoList) ? members.orgInfoList : [];
    for (const { orgCode } of list) brought.add(orgCode);
    const isTwice = kit === 'singleOrgSync' && members.flag === 1 && brought.has(members.orgCode);
    return isTwice ? refuse('000005', 'Duplicate entry') : null;
  };
}
