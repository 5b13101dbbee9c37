/**
 * What a machine can check of an acceptance file (交付验收文档, S6-8): the seller states its key elements beside the file,
 * and they must be those of the orders. A mismatch is refused as the acceptance would be. Pure.
 */
import type { AccessType, LocalizedText } from '../../catalog/index.ts';
import { type Result, refuse } from '../../platform/result.ts';
import type { AcceptanceFacts } from './definition.ts';
import { flowOf } from './flows.ts';

/** What the orders say. */
export interface AcceptanceKnown {
  /** of the delivery */
  readonly orderId: string;
  readonly accessType: AccessType;
  /** joint operation: its kit is shown too */
  readonly joint: boolean;
  /** the buyer's full company name */
  readonly companyName: string;
  /** the orders that the file names, as far as they are this buyer's */
  readonly orders: readonly {
    readonly orderId: string;
    /** sold by this seller */
    readonly lines: readonly { readonly product: LocalizedText; readonly specification: LocalizedText }[];
  }[];
  /** files that come with the delivery */
  readonly fileIds: readonly string[];
}

export interface AcceptanceFault {
  readonly member: 'orderNumbers' | 'companyName' | 'items' | 'validityFileId' | 'kitFileId';
  readonly text: string;
  readonly expected: string;
  readonly seen: string;
}

/** S6-8 is asked where the platform reviews the report (6.4); elsewhere a seller may state the facts, and they are checked. */
export const needsAcceptanceFacts = (flowId: string): boolean =>
  flowOf(flowId).steps.some(({ state }) => state === 'HUAWEI_REVIEW');

/** @returns the first fault as a refusal ACCEPTANCE_FILE that names S6-8 and the member; null = all agree */
export function acceptanceRefusal(known: AcceptanceKnown, facts: AcceptanceFacts): Result<never> | null {
  const [fault] = acceptanceFaults(known, facts);
  if (!fault) return null;
  const { member, text, expected, seen } = fault;
  return refuse('ACCEPTANCE_FILE', `S6-8: ${text}`, { rule: 'S6-8', member, expected, seen });
}

export function acceptanceFaults(known: AcceptanceKnown, facts: AcceptanceFacts): AcceptanceFault[] {
  return [
    ...orderFaults(known, facts),
    ...companyFaults(known, facts),
    ...itemFaults(known, facts),
    ...fileFaults(known, facts),
  ];
}

function orderFaults({ orderId, orders }: AcceptanceKnown, { orderNumbers }: AcceptanceFacts): AcceptanceFault[] {
  const fault = (text: string, expected: string, seen: string): AcceptanceFault => ({
    ...{ member: 'orderNumbers', text, expected, seen },
  });
  const own = new Set(orders.filter(({ lines }) => lines.length > 0).map((order) => order.orderId));
  return [
    ...orderNumbers
      .filter((number) => !number.startsWith('CS'))
      .map((number) => fault('an order number starts with CS', 'CS…', number)),
    ...(orderNumbers.includes(orderId)
      ? []
      : [fault('the file names the order that is delivered', orderId, orderNumbers.join(', '))]),
    ...orderNumbers
      .filter((number) => number.startsWith('CS') && !own.has(number))
      .map((number) => fault('orders of one file are of one buyer and this seller', orderId, number)),
  ];
}

const companyFaults = (
  { companyName: expected }: AcceptanceKnown,
  { companyName }: AcceptanceFacts,
): AcceptanceFault[] =>
  companyName.trim() === expected.trim()
    ? []
    : [
        {
          member: 'companyName',
          text: 'the buyer’s full company name is that of the order',
          expected,
          seen: companyName,
        },
      ];

/** Names are identical in one of the two languages, none is missing and none is added. */
function itemFaults({ orders }: AcceptanceKnown, { items }: AcceptanceFacts): AcceptanceFault[] {
  const left = [...items];
  const missing: string[] = [];
  for (const { product, specification } of orders.flatMap(({ lines }) => lines)) {
    const place = left.findIndex(
      (item) => isNamed(product, item.product) && isNamed(specification, item.specification),
    );
    if (place < 0) missing.push(`${product.zh} / ${specification.zh}`);
    else left.splice(place, 1);
  }
  const text = 'product and specification names are those of the orders, none missing';
  const seen = left.map(({ product, specification }) => `${product} / ${specification}`).join('; ');
  return missing.length === 0 && left.length === 0
    ? []
    : [{ member: 'items', text, expected: missing.join('; '), seen }];
}
const isNamed = (name: LocalizedText, text: string): boolean => name.zh === text.trim() || name.en === text.trim();

function fileFaults({ accessType, joint, fileIds }: AcceptanceKnown, facts: AcceptanceFacts): AcceptanceFault[] {
  if (accessType !== 'SAAS' && accessType !== 'LICENSE') return [];
  const lacks = (fileId: string | null): boolean => fileId === null || !fileIds.includes(fileId);
  return [
    ...(lacks(facts.validityFileId)
      ? [
          {
            member: 'validityFileId' as const,
            text: 'a screenshot of the authorised validity is attached',
            expected: 'a file',
            seen: '',
          },
        ]
      : []),
    ...(joint && lacks(facts.kitFileId)
      ? [
          {
            member: 'kitFileId' as const,
            text: 'a screenshot of the kit’s opening or of the delivery is attached',
            expected: 'a file',
            seen: '',
          },
        ]
      : []),
  ];
}
