/**
 * The user table of a joint-operation product in a simulation. It does what it is told, and sometimes half of it: then it
 * says so, or its connection ends before or after. It outlives the marketplace's crashes.
 */
import { kitInterfaceOf } from '@jishi/protocol';
import type { Outbound, OutboundResult } from '../../platform/outbound.ts';
import type { Dice } from '../dice.ts';
import type { SeenBySeller } from '../invariants.ts';

export const KIT_HOST = 'kit.test';

export interface KitTables {
  readonly outbound: Outbound;
  /** in the order of arrival */
  readonly log: readonly SeenBySeller[];
  /** user names, by tenant */
  readonly users: ReadonlyMap<string, ReadonlySet<string>>;
  /** from now on it never fails */
  recover(): void;
}

interface Members {
  readonly tenantId?: unknown;
  readonly flag?: unknown;
  readonly userList?: unknown;
}

/** Calls to other hosts go on to `others`. */
export function kitTables(dice: Dice, others: Outbound): KitTables {
  const users = new Map<string, Set<string>>();
  const log: SeenBySeller[] = [];
  let sound = false;

  function receive(url: string, body: string): OutboundResult {
    const fault =
      sound || dice.chance(75) ? 'none' : dice.pick(['refuses', 'half', 'reset-before', 'reset-after'] as const);
    if (fault === 'reset-before') return RESET;
    const { pathname, searchParams } = new URL(url);
    const activity = kitInterfaceOf(pathname) ?? '';
    log.push({ activity, orderId: null, orderLineId: null, instanceId: null, nonce: searchParams.get('nonce') ?? '' });
    if (fault === 'refuses') return answer('000005');
    if (activity === 'authSync') tell(JSON.parse(body), fault === 'half');
    if (fault === 'reset-after') return RESET;
    return answer(fault === 'half' ? '000005' : '000000');
  }

  function tell({ tenantId, flag, userList }: Members, half: boolean): void {
    const names = namesIn(userList);
    const table = users.get(String(tenantId)) ?? new Set();
    users.set(String(tenantId), table);
    for (const name of half ? names.slice(0, names.length / 2) : names)
      if (flag === 0 || flag === 3) table.delete(name);
      else table.add(name);
  }

  return {
    users,
    log,
    recover() {
      sound = true;
    },
    outbound: {
      ...others,
      post: (url, headers, body, ...rest) =>
        new URL(url).host === KIT_HOST ? Promise.resolve(receive(url, body)) : others.post(url, headers, body, ...rest),
    },
  };
}

const namesIn = (list: unknown): string[] =>
  Array.isArray(list)
    ? list.flatMap((each: unknown) =>
        typeof each === 'object' && each !== null && 'userName' in each ? [String(each.userName)] : [],
      )
    : [];

const RESET: OutboundResult = { ok: false, fault: 'reset', message: 'reset' };

function answer(resultCode: string): OutboundResult {
  const body = Buffer.from(JSON.stringify({ resultCode, resultMsg: resultCode === '000000' ? 'success.' : 'locked' }));
  const contentType = 'application/json;charset=utf-8';
  const headers = [{ name: 'content-type', value: contentType }];
  const rawHeaders = [['Content-Type', contentType]] as const;
  return {
    ok: true,
    answer: { status: 200, headers, rawHeaders, contentType, location: null, body, truncated: false },
  };
}
