/** The sheets of a workbook and their columns: which member stands where. Pure data. */
import type { CellKind } from './cells.ts';

export interface Column {
  /** head of the column; the path of the member below its row's object */
  readonly name: string;
  readonly kind: CellKind;
  /** the column is empty, and says nothing, where this member is absent */
  readonly within?: string;
}

const column = (kind: CellKind, ...names: string[]): Column[] => names.map((name) => ({ name, kind }));
const both = (...names: string[]): Column[] => column('text', ...names.flatMap((name) => [`${name}.zh`, `${name}.en`]));
const within = (member: string, columns: Column[]): Column[] =>
  columns.map((each) => ({ ...each, name: `${member}.${each.name}`, within: member }));

export const PRODUCT_COLUMNS: readonly Column[] = [
  ...both('name'),
  ...column('text', 'accessType'),
  ...column('nullable', 'licenseVariant'),
  ...column('text', 'class', 'version', 'categoryId'),
  ...both('summary', 'description', 'usageGuide', 'agreement', 'support.hours'),
  ...column('text', 'support.phone', 'support.email', 'opening', 'sellerShare', 'shareMode', 'realName', 'encryptType'),
  ...column('flag', 'supervised', 'passSubUser'),
  ...column('whole', 'deliveryDays'),
  ...column('nullable', 'taxType', 'floorDiscount', 'consultingUrl'),
  ...column('json', 'highlights', 'customerCases', 'tags', 'keywords', 'orderParameters', 'privateMembers'),
  ...column('json', 'logo', 'pictures', 'video', 'certificates', 'deliveryTemplate', 'serviceFlow'),
];
export const INTERFACE_COLUMNS: readonly Column[] = column('text', 'protocol', 'productionUrl');

export const SPECIFICATION_COLUMNS: readonly Column[] = [
  ...both('name'),
  ...column('text', 'chargingMode'),
  ...column('flag', 'changeable', 'perVcpu', 'free'),
  ...column('nullable', 'assetId'),
  ...within('linearAttribute', [
    ...column('text', 'code'),
    ...both('name', 'unit'),
    ...column('whole', 'minimum', 'maximum', 'step'),
  ]),
  ...within('trial', [...column('whole', 'days'), ...column('json', 'buyerIds'), ...column('flag', 'repeatable')]),
  ...within('package', [
    ...column('text', 'validity.type'),
    ...column('whole', 'validity.number'),
    ...column('text', 'quota'),
    ...both('unit'),
    ...column('nullable', 'resetting'),
    ...column('flag', 'stopWhenUsedUp'),
  ]),
  ...within('usage', column('text', 'cycle', 'accumulation')),
];
/** members that may be absent; each has a column that says whether it is there */
export const SPECIFICATION_PARTS = ['linearAttribute', 'trial', 'package', 'usage'] as const;

export const SKU_ATTRIBUTE_COLUMNS: readonly Column[] = [...column('text', 'code'), ...both('name', 'value')];

export const PRICE_COLUMNS: readonly Column[] = [
  ...column('nullable', 'periodType'),
  ...column('text', 'mode', 'currency'),
  ...column('brackets', 'brackets'),
  ...within('chargeItem', [...column('text', 'code'), ...both('name', 'unit')]),
];
export const PRICE_PARTS = ['chargeItem'] as const;

export const SHEETS = ['products', 'specifications', 'skus', 'prices'] as const;
export type SheetName = (typeof SHEETS)[number];
