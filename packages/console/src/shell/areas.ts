import type { SessionView } from '@jishi/marketplace/console-api';

/** Which area a path belongs to and who may see it. The server checks every request itself (P-1); this only saves a dead end. */
export type Area = SessionView['area'];

/** Areas that may open `path`; null = everyone, visitors too. */
export function areasFor(path: string): readonly Area[] | null {
  for (const [prefix, areas] of rules) {
    if (path === prefix || path.startsWith(`${prefix}/`)) return areas;
  }
  return null;
}

const rules: readonly (readonly [prefix: string, areas: readonly Area[]])[] = [
  ['/seller', ['seller']],
  ['/operator', ['operator']],
  // a buyer's owner creates enterprises and appoints their administrators (consoles-and-processes.md 6.2)
  ['/enterprise', ['enterprise', 'buyer']],
  ['/orders', ['buyer']],
  ['/services', ['buyer']],
  ['/checkout', ['buyer']],
  ['/search', ['buyer', 'enterprise', 'seller', 'operator']],
];

/** Where a user of this area starts (console.md: buyers at the market, the others at their work). */
export function homeOf(area: Area): '/' | '/enterprise' | '/seller/calls' | '/operator' {
  switch (area) {
    case 'buyer':
      return '/';
    case 'enterprise':
      return '/enterprise';
    case 'seller':
      return '/seller/calls';
    case 'operator':
      return '/operator';
  }
}

/** The path a visitor came from, if it is one of ours: never an address of another site. */
export function safeReturnPath(path: string | undefined): string | null {
  return path !== undefined && /^\/(?![/\\])/.test(path) ? path : null;
}

type Role = SessionView['role'];

/** Rows of the permission matrix that the pages explain themselves with (consoles-and-processes.md 6.2). */
const matrix = {
  order: ['BO', 'BP'],
  pay: ['BO', 'BP', 'BF'],
  revealPassword: ['BO', 'BP'],
  restartCall: ['SO', 'SP', 'SD', 'OM'],
} satisfies Record<string, readonly Role[]>;

/** True when the role may do this; the server decides in the end. */
export function may(session: SessionView | null | undefined, action: keyof typeof matrix): boolean {
  const roles: readonly Role[] = matrix[action];
  return session != null && roles.includes(session.role);
}
