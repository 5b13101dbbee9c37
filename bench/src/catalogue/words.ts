/** Names and texts that read like a marketplace's, from a seed: the same size and seed gives the same catalogue. */

const ADJECTIVES = [
  ['企业级', 'Enterprise'],
  ['智能', 'Smart'],
  ['一体化', 'All-in-one'],
  ['轻量', 'Lightweight'],
  ['国产', 'Domestic'],
  ['高可用', 'High-availability'],
  ['零信任', 'Zero-trust'],
  ['云原生', 'Cloud-native'],
  ['移动', 'Mobile'],
  ['分布式', 'Distributed'],
  ['全渠道', 'Omnichannel'],
  ['行业', 'Industry'],
] as const;
const SUBJECTS = [
  ['云服务器', 'cloud server'],
  ['数据库', 'database'],
  ['网站', 'website'],
  ['财务', 'finance'],
  ['人力资源', 'human resources'],
  ['客户关系', 'customer relations'],
  ['供应链', 'supply chain'],
  ['邮件', 'mail'],
  ['合同', 'contract'],
  ['会议', 'meeting'],
  ['日志', 'log'],
  ['容器', 'container'],
  ['物联网', 'internet of things'],
  ['视频', 'video'],
  ['门店', 'store'],
  ['仓储', 'warehouse'],
  ['设备', 'equipment'],
  ['知识库', 'knowledge base'],
  ['代码', 'source code'],
  ['接口', 'interface'],
] as const;
const PURPOSES = [
  ['安全防护', 'protection'],
  ['备份恢复', 'backup and recovery'],
  ['管理系统', 'management system'],
  ['监控平台', 'monitoring platform'],
  ['迁移服务', 'migration service'],
  ['分析平台', 'analytics platform'],
  ['协作空间', 'workspace'],
  ['审计网关', 'audit gateway'],
  ['自动化工具', 'automation kit'],
  ['运维服务', 'operations service'],
  ['开发套件', 'development kit'],
  ['识别引擎', 'recognition engine'],
] as const;
const BRANDS = 4_000;
const SENTENCES = [
  ['支持统一身份认证与细粒度权限控制。', 'Single sign-on and fine-grained permissions are included.'],
  ['部署后十分钟即可使用，数据按租户隔离。', 'It is ready ten minutes after deployment; data is kept apart by tenant.'],
  ['提供开放接口，可与现有业务系统集成。', 'Open interfaces connect it with what you already run.'],
  ['内置报表帮助管理者了解成本与效率。', 'Built-in reports show cost and efficiency to those who decide.'],
  ['工作日提供八小时服务，紧急问题随时响应。', 'Support answers on working days, urgent matters at any time.'],
  ['已在制造、零售与金融行业的多家客户上线。', 'Customers in manufacturing, retail and banking use it.'],
  ['全程记录操作日志，满足合规审计要求。', 'Every step is logged, as auditors ask for.'],
  ['按量扩展，业务高峰也能平稳运行。', 'It scales with the load and stays calm at its peaks.'],
] as const;

export interface Texts {
  readonly name: { readonly zh: string; readonly en: string };
  readonly summary: { readonly zh: string; readonly en: string };
  readonly description: { readonly zh: string; readonly en: string };
}

/** @param next whole numbers below a bound, from the seed */
export function textsOf(number: number, next: (below: number) => number): Texts {
  const pick = <T>(list: readonly T[], fallback: T): T => list[next(list.length)] ?? fallback;
  const [adjective, subject, purpose] = [
    pick(ADJECTIVES, ADJECTIVES[0]),
    pick(SUBJECTS, SUBJECTS[0]),
    pick(PURPOSES, PURPOSES[0]),
  ];
  const brand = `B${(number * 7919) % BRANDS}`;
  const sentences = Array.from({ length: 4 }, () => pick(SENTENCES, SENTENCES[0]));
  const both = (index: 0 | 1, gap: string) => sentences.map((each) => each[index]).join(gap);
  return {
    name: {
      zh: `${brand} ${adjective[0]}${subject[0]}${purpose[0]}`,
      en: `${brand} ${adjective[1]} ${subject[1]} ${purpose[1]}`,
    },
    summary: { zh: `面向企业的${subject[0]}${purpose[0]}`, en: `A ${subject[1]} ${purpose[1]} for companies` },
    description: { zh: both(0, ''), en: both(1, ' ') },
  };
}

/** What people look for: common and rare words of both languages, several at once, the beginning of one. */
export const QUERIES = {
  Chinese: [
    '服务器',
    '数据库备份',
    '云',
    '安全防护',
    '财务管理系统',
    '门店',
    '知识库分析',
    '零信任网关',
    '迁移',
    '会议协作',
  ],
  English: [
    'backup',
    'database monitoring',
    'zero-trust',
    'finance system',
    'mail',
    'ware',
    'audit gateway',
    'video',
    'contract',
    'smart store',
  ],
  rare: ['B17', 'B1234', 'B77 容器', 'B3999', 'B2048 database'],
} as const;
