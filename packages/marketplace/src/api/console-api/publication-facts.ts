/** What the rules of a draft ask of rooms to the right of the catalogue: addresses, keys, debugging cases (8.1). */
import { type AskSurroundings, contentOf, type Draft, type WrittenProduct } from '../../catalog/index.ts';
import { addressBook, debugProducts, type RequiredCase, requiredCases } from '../../debugging/index.ts';
import { maySellHardware, sellerNames } from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';

export const surroundings: AskSurroundings = async (executor, product, draft) => ({
  sellerAdmitted: (await sellerNames(executor, [product.sellerId])).has(product.sellerId),
  sellsHardware: await maySellHardware(executor, product.sellerId),
  origins: await originsOf(executor, product.sellerId, draft.interface.protocol.startsWith('license')),
  missingCases: await missingCases(executor, product, draft),
});

/** Verified origins and the key that signs calls there: of licences their own class, else the base key (S-21). */
async function originsOf(
  executor: Executor,
  sellerId: string,
  license: boolean,
): Promise<ReadonlyMap<string, string | null>> {
  const { addresses } = await addressBook(executor, sellerId);
  return new Map(
    addresses
      .filter(({ verified_by }) => verified_by !== null)
      .map(({ origin, bindings }) => {
        const keyOf = (name: string) => bindings.find((each) => each.interface_class === name)?.key_id ?? null;
        return [origin, (license ? keyOf('LICENSE') : null) ?? keyOf('BASE')];
      }),
  );
}

/** SaaS and the licences whose server is asked (L13); of a released product only what its change adds has to be debugged anew. */
async function missingCases(executor: Executor, product: WrittenProduct, { content, interface: wire }: Draft) {
  const { protocol } = wire;
  const known =
    product.version > 0 && product.protocol === protocol
      ? requiredCases(protocol, (await contentOf(executor, product.goodsId, product.version)).specifications)
      : [];
  const scope = { kind: 'seller' as const, sellerId: product.sellerId, goodsIds: null };
  const [debugged] = await debugProducts(executor, scope, [product.goodsId]);
  const missing = requiredCases(protocol, content.specifications).filter(
    (each) =>
      !known.some(({ key }) => key === each.key) &&
      !debugged?.cases.some((saved) => saved.activity === each.activity && each.matches(saved.parameters)),
  );
  return missing.map(nameOfCase);
}

const nameOfCase = ({ activity, variant }: RequiredCase) => ({
  zh: variant ? `${activity}（${variant.zh}）` : activity,
  en: variant ? `${activity} (${variant.en})` : activity,
});
