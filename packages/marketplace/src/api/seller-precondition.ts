/** What a seller must have done before it sees what it is paid (S5-2, S2-2, S-63); operators see all. */
import { agreementOf, certifiedAt } from '../directory/index.ts';
import type { Executor } from '../platform/database/database.ts';
import { type Result, refuse } from '../platform/result.ts';
import type { Site } from '../platform/site.ts';

/** Transaction details: the business information certification (S5-2). @returns null = they may be seen */
export async function transactionsClosed(executor: Executor, sellerId: string | null): Promise<Result<never> | null> {
  if (sellerId === null || (await certifiedAt(executor, sellerId)) !== null) return null;
  return refuse('NOT_CERTIFIED', 'S5-2: transaction details are seen once the business certification has passed');
}

/** Bills: the newest version of the seller agreement (S2-2). @returns null = they may be seen */
export async function billsClosed(
  executor: Executor,
  site: Site,
  sellerId: string | null,
): Promise<Result<never> | null> {
  if (sellerId === null) return null;
  const agreement = await agreementOf(executor, site, sellerId);
  if (agreement === null || agreement.accepted !== null) return null;
  return refuse('AGREEMENT_OPEN', 'S2-2: the seller agreement was updated; bills are seen once it is accepted', {
    version: String(agreement.version),
  });
}
