/** A catalogue as YAML: the members as they are, new products without an id. */
import { isMap, isSeq, LineCounter, parseDocument, stringify } from 'yaml';
import {
  type ExchangedProduct,
  type Given,
  type GivenProduct,
  type ImportFault,
  importFault,
  MISFORMED,
  NOWHERE,
  type Place,
} from './document.ts';

/** of the document; another one is refused rather than guessed at */
const FORM = 1;

export function toYaml(products: readonly ExchangedProduct[]): string {
  const document = {
    catalogue: FORM,
    products: products.map(({ goodsId, interface: wire, content }) => ({ goodsId, interface: wire, ...content })),
  };
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
}

export function fromYaml(text: string): Given {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, merge: false });
  const [broken] = document.errors;
  if (broken)
    return refused(
      { ...NOWHERE, row: broken.linePos?.[0].line ?? null },
      'YAML 格式错误',
      `This is no YAML: ${broken.message.split('\n')[0]}`,
    );
  const read = plain(document);
  if (!isMembers(read) || read.catalogue !== FORM || !Array.isArray(read.products))
    return refused(
      NOWHERE,
      `文件应以 catalogue: ${FORM} 开头，并有 products 列表`,
      `The file begins with catalogue: ${FORM} and has a list of products`,
    );
  const faults: ImportFault[] = [];
  const placeAt = (path: readonly (string | number)[]): Place => ({
    sheet: 'products',
    row: lineOf(path),
    column: path.slice(2).join('.') || null,
  });
  const products = read.products.flatMap((product: unknown, index: number): GivenProduct[] => {
    if (
      !isMembers(product) ||
      !(product.goodsId === null || product.goodsId === undefined || typeof product.goodsId === 'string')
    ) {
      faults.push(
        importFault(placeAt(['products', index]), MISFORMED, '商品应为一组成员', 'A product is a set of members'),
      );
      return [];
    }
    const { goodsId, interface: wire, ...content } = product;
    const placeOf = (path: string) =>
      placeAt(['products', index, ...path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))]);
    return [
      {
        goodsId: typeof goodsId === 'string' ? goodsId : null,
        content,
        interface: isMembers(wire) ? wire : {},
        placeOf,
      },
    ];
  });
  return { products, faults };

  /** Line of the deepest part of the path that the file has. */
  function lineOf(path: readonly (string | number)[]): number | null {
    for (let depth = path.length; depth > 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true);
      const start = isRanged(node) ? node.range?.[0] : undefined;
      if (start !== undefined) return lines.linePos(start).line;
    }
    return null;
  }
}

type Members = Readonly<Record<string, unknown>>;
const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isRanged = (value: unknown): value is { readonly range?: readonly [number, number, number] | null } =>
  typeof value === 'object' && value !== null && 'range' in value;

/** Aliases are refused: a few lines of them would unfold into gigabytes. */
function plain(document: ReturnType<typeof parseDocument>): unknown {
  if (!isMap(document.contents) && !isSeq(document.contents)) return null;
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    return null;
  }
}

const refused = (place: Place, zh: string, en: string): Given => ({
  products: [],
  faults: [importFault(place, MISFORMED, zh, en)],
});
