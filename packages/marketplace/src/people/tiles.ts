/**
 * What stands in a member's workplace: every application that the member is authorised for (E-27, E-38). One that can not be
 * entered now stays, with the reason (E-39), so that nobody looks for it.
 */
import type { LocalizedText } from '../catalog/index.ts';
import type { Executor } from '../platform/database/database.ts';
import { entryOf } from './sign-on/entry.ts';
import type { SignOnRefusal } from './sign-on/refusals.ts';
import { applicationsOf, credentialsOf } from './store.ts';

export interface Tile {
  readonly applicationId: string;
  readonly productName: LocalizedText;
  /** null = it can be entered */
  readonly closed: SignOnRefusal | null;
}

/** These say that there is no tile at all; every other refusal is shown on it. */
const HIDDEN: readonly SignOnRefusal[] = ['NOT_AUTHORISED', 'MEMBER_DISABLED', 'APPLICATION_UNKNOWN'];

export async function tilesOf(
  executor: Executor,
  { enterpriseId, memberId }: { readonly enterpriseId: string; readonly memberId: string },
): Promise<Tile[]> {
  const applications = await applicationsOf(executor, enterpriseId);
  const credentials = await credentialsOf(
    executor,
    applications.map(({ goodsId }) => goodsId),
  );
  const tiles: Tile[] = [];
  for (const application of applications) {
    // a stopped application is shown only to those who were authorised for it
    const found = await entryOf(executor, { ...application, stopped: false }, memberId);
    if (!found.ok && HIDDEN.includes(found.code)) continue;
    const { applicationId, productName } = application;
    const address = credentials.get(application.goodsId)?.loginUrl ?? '';
    const missing = address === '' ? ('LOGIN_ADDRESS_MISSING' as const) : null;
    const closed = application.stopped ? 'APPLICATION_STOPPED' : found.ok ? missing : found.code;
    tiles.push({ applicationId, productName, closed });
  }
  return tiles;
}
