/** The category tree of the market as data (B-10): two levels; a product belongs to a leaf, or to `other`. */
import type { LocalizedText } from '../definition.ts';

export interface Category {
  readonly categoryId: string;
  readonly name: LocalizedText;
  readonly children: readonly Omit<Category, 'children'>[];
}

const named = (categoryId: string, zh: string, en: string) => ({ categoryId, name: { zh, en } });
const group = (id: string, zh: string, en: string, children: [id: string, zh: string, en: string][]): Category => ({
  ...named(id, zh, en),
  children: children.map(([child, ...name]) => named(`${id}.${child}`, ...name)),
});

export const CATEGORIES: readonly Category[] = [
  group('infrastructure', '基础软件', 'Infrastructure software', [
    ['os', '操作系统', 'Operating systems'],
    ['database', '数据库与缓存', 'Databases and caches'],
    ['middleware', '中间件', 'Middleware'],
    ['big-data', '大数据', 'Big data'],
    ['container', '容器与云原生', 'Containers and cloud native'],
    ['storage', '存储与备份', 'Storage and backup'],
    ['operations', '运维与监控', 'Operations and monitoring'],
  ]),
  group('security', '安全', 'Security', [
    ['host', '主机安全', 'Host security'],
    ['network', '网络安全', 'Network security'],
    ['application', '应用安全', 'Application security'],
    ['data', '数据安全', 'Data security'],
    ['identity', '身份与访问', 'Identity and access'],
    ['service', '安全服务', 'Security services'],
  ]),
  group('business', '企业应用', 'Business applications', [
    ['office', '协同办公', 'Office and collaboration'],
    ['erp', '企业资源计划', 'Enterprise resource planning'],
    ['crm', '客户关系管理', 'Customer relations'],
    ['finance', '财务与税务', 'Finance and tax'],
    ['people', '人力资源', 'Human resources'],
    ['project', '项目管理', 'Project management'],
    ['marketing', '营销与客服', 'Marketing and service desk'],
    ['signature', '电子签章', 'Electronic signatures'],
    ['bi', '商业智能', 'Business intelligence'],
  ]),
  group('website', '网站与小程序', 'Websites and mini programs', [
    ['building', '网站建设', 'Website building'],
    ['shop', '电商建站', 'Online shops'],
    ['mini-program', '小程序', 'Mini programs'],
    ['environment', '运行环境', 'Runtime environments'],
  ]),
  group('development', '开发工具', 'Developer tools', [
    ['code', '代码与测试', 'Code and tests'],
    ['low-code', '低代码平台', 'Low-code platforms'],
    ['design', '设计与仿真', 'Design and simulation'],
  ]),
  group('industry', '行业应用', 'Industry applications', [
    ['manufacturing', '工业制造', 'Manufacturing'],
    ['retail', '零售与电商', 'Retail and e-commerce'],
    ['finance', '金融保险', 'Banking and insurance'],
    ['health', '医疗健康', 'Health care'],
    ['education', '教育科研', 'Education and research'],
    ['government', '政务', 'Government'],
    ['logistics', '交通物流', 'Transport and logistics'],
    ['energy', '能源电力', 'Energy'],
    ['property', '建筑地产', 'Building and property'],
    ['media', '文化传媒', 'Culture and media'],
  ]),
  group('ai', '人工智能', 'Artificial intelligence', [
    ['model', '大模型与算法', 'Models and algorithms'],
    ['vision', '图像识别', 'Image recognition'],
    ['speech', '语音与语言', 'Speech and language'],
    ['platform', '智能平台', 'AI platforms'],
  ]),
  group('iot', '物联网与硬件', 'Internet of Things and hardware', [
    ['platform', '物联平台', 'IoT platforms'],
    ['device', '智能终端', 'Devices'],
    ['server', '服务器与一体机', 'Servers and appliances'],
    ['network', '网络设备', 'Network equipment'],
  ]),
  group('data', '数据与接口', 'Data and APIs', [
    ['dataset', '数据集', 'Data sets'],
    ['enterprise', '企业信息接口', 'Company information APIs'],
    ['life', '生活服务接口', 'Everyday-service APIs'],
    ['verification', '核验接口', 'Verification APIs'],
  ]),
  group('service', '专业服务', 'Professional services', [
    ['migration', '上云迁移', 'Cloud migration'],
    ['implementation', '部署实施', 'Implementation'],
    ['maintenance', '代运维', 'Managed operations'],
    ['consulting', '咨询规划', 'Consulting'],
    ['training', '培训认证', 'Training and certification'],
  ]),
  { ...named('other', '其他', 'Other'), children: [] },
];

const leaves = CATEGORIES.flatMap((top) =>
  top.children.length === 0 ? [[top]] : top.children.map((leaf) => [top, leaf]),
);
const paths = new Map<string, readonly Omit<Category, 'children'>[]>([
  ...CATEGORIES.map((top) => [top.categoryId, [top]] as const),
  ...leaves.map((path) => [path.at(-1)?.categoryId ?? '', path] as const),
]);

/** From the top down to the category; one that the tree does not know is `other`. */
export const categoryPath = (categoryId: string): readonly Omit<Category, 'children'>[] =>
  paths.get(categoryId) ?? paths.get('other') ?? [];

/** A product may be published under it: it has no children. */
export const isLeafCategory = (categoryId: string): boolean =>
  leaves.some((path) => path.at(-1)?.categoryId === categoryId);
