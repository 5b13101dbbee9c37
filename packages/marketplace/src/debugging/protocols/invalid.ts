import { type Result, refuse } from '../../platform/result.ts';

/** What zod tells of a request that does not fit. */
export interface Unfit {
  readonly success: false;
  readonly error: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] };
}

/** Names each member that breaks a rule of the interface. */
export function invalid({ error }: Unfit): Result<never> {
  const faults = error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`);
  return refuse('PARAMETERS_INVALID', faults.slice(0, 10).join('; '));
}
