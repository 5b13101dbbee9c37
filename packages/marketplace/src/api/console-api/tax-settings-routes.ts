/** Taxes and fees that settlement is agreed by: of the site, of sellers, of buyers; from a day on (S3-8, S3-14, 1.5). */
import { setTrack } from '../../delivery/index.ts';
import {
  agreeOn,
  allTerms,
  type BuyerTerms,
  buyersByIds,
  type Dated,
  partyBehind,
  sellerNames,
  termsOf,
} from '../../directory/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { ok, refuse } from '../../platform/result.ts';
import { auditDone } from './audit.ts';
import { presentDated, startOf } from './dated-terms.ts';
import * as schemas from './distributor-schemas.ts';
import { type Call, type ConsoleRoute, command, noQuery, read } from './route.ts';

export const taxSettingsRoutes: ConsoleRoute[] = [
  read({
    path: '/operator/trade-terms',
    summary: 'Taxes of the site and of sellers, projects of buyers: what holds, held and comes',
    action: 'settlement.inspect',
    query: noQuery,
    response: schemas.tradeTerms,
    run: async (call) => ok(await shown(call, call.platform.db)),
  }),
  command({
    path: '/operator/trade-terms',
    summary: 'What holds from a day on; what is sold keeps its terms',
    action: 'settlement.decide',
    body: schemas.newTradeTerms,
    response: schemas.tradeTerms,
    async run(call, asked, tx) {
      const { site } = call.platform.config;
      const id = asked.kind === 'site' ? site : ((await partyBehind(tx, asked.kind, asked.party))?.id ?? null);
      if (id === null) return refuse('UNKNOWN_PARTY', `there is no such ${asked.kind}`, { kind: asked.kind });
      const held = await termsOf(tx, 'buyer', [id]);
      const written = await write(call, tx, asked, id);
      if (!written.ok) return written;
      if (asked.kind === 'buyer' && asked.validFrom === null) await follow(call, tx, id, asked.terms, held);
      const onBehalfOf = asked.kind === 'site' ? {} : { onBehalfOf: `${asked.kind}:${id}` };
      await auditDone(call, tx, {
        ...{ action: 'trade-terms.write', object: written.value, traceId: null },
        ...onBehalfOf,
      });
      return ok(await shown(call, tx));
    },
  }),
];

/** Each kind with its own terms: the union is told apart here. */
function write(call: Call, tx: Tx, asked: schemas.NewTradeTerms, id: string) {
  const { platform, principal, now } = call;
  const common = { id, validFrom: startOf(asked.validFrom, platform.config.site, now), by: principal.displayName };
  switch (asked.kind) {
    case 'site':
      return agreeOn(tx, { ...common, kind: 'site', terms: asked.terms }, now);
    case 'seller':
      return agreeOn(tx, { ...common, kind: 'seller', terms: asked.terms }, now);
    case 'buyer':
      return agreeOn(tx, { ...common, kind: 'buyer', terms: asked.terms }, now);
  }
}

/**
 * A project that holds from now on is the buyer's track in supervision too (S-48): the platform reviews its acceptances.
 * A track that was set by itself stays as long as no project is agreed.
 */
async function follow(
  { now }: Call,
  tx: Tx,
  buyerId: string,
  { project }: BuyerTerms,
  held: readonly Dated<BuyerTerms>[],
): Promise<void> {
  const had = held.find(({ validFrom }) => validFrom <= now)?.terms.project ?? null;
  if (project !== null || had !== null) await setTrack(tx, buyerId, project && TRACK_OF[project], now);
}
const TRACK_OF = { ENABLING_CLOUD: 'ENABLING', BASE_CLOUD: 'BASE' } as const;

async function shown({ platform, now }: Call, executor: Executor): Promise<schemas.TradeTermsView> {
  const { site } = platform.config;
  const sellers = await allTerms(executor, 'seller');
  const buyers = await allTerms(executor, 'buyer');
  const sellerNamed = await sellerNames(executor, sellers.map(idOf));
  const buyerNamed = await buyersByIds(executor, buyers.map(idOf));
  return {
    site: { site, terms: presentDated(await termsOf(executor, 'site', [site]), now) },
    sellers: byParty(sellers).map(({ id, versions }) => ({
      id,
      name: sellerNamed.get(id) ?? id,
      terms: presentDated(versions, now),
    })),
    buyers: byParty(buyers).map(({ id, versions }) => ({
      id,
      name: buyerNamed.get(id)?.name ?? id,
      terms: presentDated(versions, now),
    })),
  };
}

const idOf = ({ subject }: Dated<unknown>): string => subject.slice(subject.indexOf(':') + 1);

function byParty<T>(versions: readonly Dated<T>[]): { readonly id: string; readonly versions: readonly Dated<T>[] }[] {
  const ids = [...new Set(versions.map(idOf))];
  return ids.map((id) => ({ id, versions: versions.filter((version) => idOf(version) === id) }));
}
