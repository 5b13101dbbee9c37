import type {
  ApplicationCardView,
  ApplicationView,
  DraftFaultView,
  DraftView,
  OwnProductView,
  ProductBehindView,
  PublicationFormView,
} from '../src/api/publication-types.ts';
import { axesOf } from '../src/pages/publication/matrix.ts';
import { sampleDraft } from '../src/pages/publication/sample-draft.ts';
import { refuse } from './refusal.ts';
import type { FakeAnswer, FakeRequest } from './routes.ts';

/** Publication in memory: one draft that is written, one product on sale, one application to review. */

const now = '2026-11-24T08:00:00Z';
const both = (zh: string, en: string) => ({ zh, en });
const seller = { sellerId: 'S1', name: '云帆软件' };

let draft: DraftView = sampleDraft();
const applications: ApplicationCardView[] = [
  card('A1', 'CHANGE', 'PENDING', true),
  card('A2', 'NEW', 'REJECTED', false),
];

/** The answer to a request of the publication pages; undefined = it is another page's. */
export function publicationAnswer({ body, query }: FakeRequest, route: string, path: string): FakeAnswer | undefined {
  const [, id = ''] = path.split('/');
  switch (route) {
    case 'GET publication-form':
      return { json: form() };
    case 'GET market :id':
      return {
        json: {
          categories: [{ categoryId: 'office', name: both('协同办公', 'Office'), children: [] }],
          industries: [],
          certifications: [],
        },
      };
    case 'GET assets':
      return { json: { items: [], nextCursor: null } };
    case 'POST drafts':
      draft = begin(JSON.parse(body));
      return { status: 201, json: draft };
    case 'GET drafts :id':
      return { json: draft };
    case 'POST drafts :id':
      return { json: save(JSON.parse(body)) };
    case 'POST drafts :id submission':
      return { json: applications[0] };
    case 'GET own-products':
      return { json: { items: query.get('q') === 'none' ? [] : products(), nextCursor: null } };
    case 'GET own-products :id':
      return { json: behind() };
    case 'POST own-products :id draft':
      return { json: draft };
    case 'GET own-products :id differences':
      return { json: { items: changes } };
    case 'GET applications':
      return { json: { items: applications, nextCursor: null } };
    case 'GET applications :id':
      return {
        json: application(applications.find((one) => one.applicationId === id) ?? refuse(404, 'NOT_FOUND', '')),
      };
    case 'GET review-queue':
      return { json: { items: applications.filter(({ state }) => state === 'PENDING'), overdue: 1, total: 1 } };
    default:
      return undefined;
  }
}

function begin({ accessType, licenseVariant }: Pick<DraftView['content'], 'accessType' | 'licenseVariant'>): DraftView {
  const fresh = sampleDraft();
  const supervised = accessType !== 'SAAS';
  return {
    ...fresh,
    content: { ...fresh.content, accessType, licenseVariant, supervised },
    faults: faultsOf(fresh.content),
  };
}

function save(sent: Pick<DraftView, 'revision' | 'content' | 'interface'>) {
  if (sent.revision !== draft.revision) refuse(409, 'DRAFT_CHANGED', 'changed');
  const faults = faultsOf(sent.content);
  draft = { ...draft, ...sent, revision: sent.revision + 1, savedAt: now, faults };
  return { revision: draft.revision, savedAt: now, content: sent.content, interface: sent.interface, faults };
}

function faultsOf(content: DraftView['content']): DraftFaultView[] {
  const faults: DraftFaultView[] = [];
  const add = (path: string, rule: string, section: DraftFaultView['section'], zh: string, en: string): void =>
    void faults.push({ path, rule, section, severity: 'FAULT', message: both(zh, en) });
  if (content.name.zh === '') add('name.zh', 'S-30', 'ACCESS', '请填写中文名称', 'The Chinese name is missing');
  if (content.name.en === '') add('name.en', 'S-30', 'ACCESS', '请填写英文名称', 'The English name is missing');
  if ([...content.description.zh].length < 400)
    add('description.zh', '12.1', 'BUSINESS', '说明不少于 400 个字符', 'The description has at least 400 characters');
  for (const [index, one] of content.specifications.entries()) {
    if (one.name.zh === '')
      add(`specifications.${index}.name.zh`, 'S-32', 'SPECIFICATIONS', '请填写规格名称', 'The name is missing');
    for (const [place, sku] of one.skus.entries())
      for (const [number, price] of sku.prices.entries())
        for (const [range, { unitPrice }] of price.brackets.entries())
          if (unitPrice === '')
            add(
              `specifications.${index}.skus.${place}.prices.${number}.brackets.${range}.unitPrice`,
              'C16',
              'SPECIFICATIONS',
              '请填写价格',
              'A price is missing',
            );
    if (axesOf(one.skus).length > 5)
      add(`specifications.${index}.skus`, 'C8', 'SPECIFICATIONS', '最多 5 个枚举属性', 'At most 5 attributes');
  }
  return faults;
}

function form(): PublicationFormView {
  const rules: Omit<PublicationFormView['accessTypes'][number], 'accessType' | 'licenseVariant'> = {
    traded: true,
    chargingModes: ['PERIOD', 'ONE_TIME', 'ON_DEMAND', 'ON_DEMAND_PKG'],
    trial: true,
    multiSku: true,
    quantity: 'MAY',
    supervision: 'CHOICE',
    template: true,
    protocols: ['saas-v2', 'saas-v1'],
    asset: null,
    deliveryDays: false,
    stock: false,
  };
  const license = (['OFFLINE', 'IDENTIFICATION', 'CODE', 'PROVISIONED', 'PACKAGE'] as const).map(
    (licenseVariant): PublicationFormView['accessTypes'][number] => ({
      ...rules,
      accessType: 'LICENSE',
      licenseVariant,
      trial: false,
      supervision: 'ALWAYS',
      protocols: ['license-code', 'none'],
    }),
  );
  return {
    site: 'CN',
    currency: 'CNY',
    accessTypes: [{ ...rules, accessType: 'SAAS', licenseVariant: null }, ...license],
    origins: [{ origin: 'https://api.yunfan.example', keyBound: true }],
    attributes: [
      { attributeId: 'AT1', type: 'ENUMERATION', code: 'edition', name: both('版本级别', 'Edition'), description: '' },
    ],
  };
}

function products(): OwnProductView[] {
  const base: OwnProductView = {
    goodsId: 'G-1',
    name: both('云帆工单', 'Yunfan Desk'),
    accessType: 'SAAS',
    licenseVariant: null,
    class: 'GENERAL',
    status: 'ON_SALE',
    visibility: 'PUBLIC',
    version: 3,
    createdAt: now,
    seller,
    hasDraft: false,
    openApplication: null,
    templateMissing: false,
  };
  return [
    base,
    { ...base, goodsId: 'G-2', status: 'DRAFT', version: null, name: both('', '') },
    { ...base, goodsId: 'G-3', status: 'REJECTED', version: null, name: both('云帆看板', 'Yunfan Board') },
    { ...base, goodsId: 'G-4', status: 'TRADE_FROZEN', visibility: 'HIDDEN', templateMissing: true },
    { ...base, goodsId: 'G-5', status: 'IN_REVIEW', openApplication: { applicationId: 'A1', kind: 'NEW' } },
  ];
}

function behind(): ProductBehindView {
  const [product = refuse(404, 'NOT_FOUND', '')] = products();
  return {
    ...product,
    content: { ...sampleDraft().content, name: product.name },
    interface: { protocol: 'saas-v2', productionUrl: 'https://api.yunfan.example/v2' },
    sellerShare: '0.95',
    specifications: [],
    versions: [1, 2, 3].map((version) => ({ version, approvedAt: now, approvedBy: '王审' })),
    whyHidden: [
      {
        rule: 'S-37b',
        code: 'HIDDEN',
        effect: 'HIDDEN',
        specificationId: null,
        message: both('未公开销售：在“操作”中公开。', 'Hidden: make it public under Actions.'),
      },
      {
        rule: 'C45',
        code: 'TARGET',
        effect: 'LIMITED',
        specificationId: null,
        message: both('只对企业客户销售。', 'Only enterprises may buy it.'),
      },
    ],
    sales: [
      { month: '2026-11', orders: 42, amount: '12600.00', currency: 'CNY' },
      { month: '2026-10', orders: 31, amount: '9300.00', currency: 'CNY' },
      { month: '2026-09', orders: 12, amount: '3600.00', currency: 'CNY' },
    ],
    health: { cases: 5, failingDays: 2, failedOrders: 1, flagged: false, lastRound: { at: now, state: 'FAILED' } },
    applications,
    may: { change: true, remove: true, show: true, freeze: true, release: false, withdraw: true },
  };
}

const changes: ApplicationView['differences'] = [
  { path: 'summary.zh', kind: 'CHANGED', section: 'BUSINESS', about: [], before: '工单系统', after: '智能工单系统' },
  {
    path: 'specifications.0.skus.0.prices.0.brackets.0.unitPrice',
    kind: 'CHANGED',
    section: 'SPECIFICATIONS',
    about: [both('标准版', 'Standard')],
    before: '30.00',
    after: '36.00',
  },
  {
    path: 'highlights.2',
    kind: 'ADDED',
    section: 'BUSINESS',
    about: [],
    before: null,
    after: { zh: '开箱即用', en: 'Ready to use' },
  },
];

function application(of: ApplicationCardView): ApplicationView {
  const content = { ...sampleDraft().content, name: of.name };
  return {
    ...of,
    content,
    interface: { protocol: 'saas-v2', productionUrl: 'https://api.yunfan.example/v2' },
    released: of.kind === 'NEW' ? null : content,
    differences: changes,
    faults: [],
    removal: null,
    runningInstances: 12,
    mayDecide: of.state === 'PENDING',
    decisionBlockedBy: null,
  };
}

function card(
  applicationId: string,
  kind: ApplicationCardView['kind'],
  state: ApplicationCardView['state'],
  overdue: boolean,
): ApplicationCardView {
  return {
    applicationId,
    goodsId: 'G-1',
    kind,
    state,
    name: both('云帆工单', 'Yunfan Desk'),
    accessType: 'SAAS',
    class: 'GENERAL',
    seller,
    submittedAt: now,
    submittedBy: '陈工',
    dueAt: now,
    overdue,
    decidedAt: state === 'REJECTED' ? now : null,
    decidedBy: state === 'REJECTED' ? '王审' : null,
    reasons: state === 'REJECTED' ? [{ section: 'BUSINESS', reason: '说明中有“最佳”等极限用语。' }] : [],
    comment: '',
    version: null,
  };
}
