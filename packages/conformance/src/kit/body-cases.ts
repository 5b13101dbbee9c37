/** The same call in other words (saas-v2.md 3.2, 7): unsorted, with nulls, unknown members, long and non-ASCII values, as a credential. */
import { type Diagnosis, type JsonInputObject, KIT_FLAGS, type Words } from '@jishi/protocol';
import { type ConformanceCase, type Session, Skip } from '../case.ts';
import { caseOf } from '../saas-v2/case-of.ts';
import { type Cause, cause } from '../saas-v2/causes.ts';
import { isDone } from '../saas-v2/reply.ts';
import { askKit, type Writing } from './call.ts';
import { explainRefusal, type KitCall } from './explain-refusal.ts';
import type { KitMemory } from './memory.ts';
import { asCredential, authBody, departmentBody, fullUserOf, newScene, type Scene, tenantBody } from './scene.ts';
import { type Demand, judgeValid } from './valid-call.ts';

/** The tenant is added again in other words: that must be known to work. */
const TENANT = ['tenantSync.add-repeat'];

export function bodyCases(memory: KitMemory): readonly ConformanceCase[] {
  const words = (name: string, title: readonly [string, string], form: OtherWords, after: readonly string[] = TENANT) =>
    caseOf(`body.${name}`, title, form.section, (session) => understands(session, memory, name, form), {
      after,
      reading: form.isReading ?? false,
    });
  return [
    words('reordered', ['Members are sorted before the signature is verified', '验签前先对成员排序'], REORDERED),
    words('unknown-members', ['Unknown members are signed, and ignored', '不认识的成员参与签名，但被忽略'], UNKNOWN),
    words('nulls', ['Members that are null are left out of the signature', '值为 null 的成员不参与签名'], NULLS, [
      'body.reordered',
      'body.unknown-members',
    ]),
    words('non-ascii', ['Text beyond ASCII is read as UTF-8', '按 UTF-8 读取非 ASCII 文本'], NON_ASCII),
    words('charset', ['Content-Type may name the charset', 'Content-Type 可以带 charset'], CHARSET),
    words('longest', ['Values of the full length are accepted', '接受达到长度上限的取值'], LONGEST, ['body.non-ascii']),
    words('credential', ['Empty instanceId and orderId are accepted', '接受空的 instanceId 和 orderId'], CREDENTIAL),
    caseOf(
      'tenantSync.second-instance',
      ['One tenant may have several instances', '同一租户可以有多个实例'],
      '7',
      (session) => understands(session, memory, 'second-instance', SECOND_INSTANCE),
      { after: ['tenantSync.add-repeat', 'body.credential'], reading: true },
    ),
    words('nested', ['Members inside a list stay in their order', '列表内部成员的顺序保持不变'], NESTED, [
      'authSync.answer',
    ]),
    words('parent-null', ['parentCode may be null', 'parentCode 可以为 null'], PARENT_NULL, [
      'singleOrgSync.answer',
      'body.nulls',
    ]),
  ];
}

interface OtherWords {
  readonly section: string;
  readonly body: (session: Session, scene: Scene) => Pick<KitCall, 'kit' | 'body'>;
  readonly writing?: (body: JsonInputObject) => Writing;
  /** the cause to name when the signature is refused and no known mistake fits */
  readonly otherwise: Cause;
  /** what a refusal of another kind misses */
  readonly demand: Demand;
  readonly isReading?: boolean;
}

function tenant(more: JsonInputObject = {}, of: (scene: Scene) => Scene = (scene) => scene): OtherWords['body'] {
  return (session, scene) => ({ kit: 'tenantSync', body: tenantBody(session, of(scene), KIT_FLAGS.add, more) });
}

function demand([zh, en]: readonly [zh: string, en: string], expected: string, fix: Words): Demand {
  return { what: { zh, en }, expected, fix };
}

const REORDERED: OtherWords = {
  section: '3.2',
  body: tenant(),
  // The order of the tables, as the published examples have it.
  writing: (body) => ({ text: JSON.stringify(body) }),
  otherwise: cause('order', '未按成员名重新排序', 'the members are not sorted'),
  demand: demand(['成员的顺序不同', 'members in another order'], '000000 in any order of members', {
    zh: '报文成员的顺序不固定。',
    en: 'Members come in no fixed order.',
  }),
};

const UNKNOWN: OtherWords = {
  section: '5',
  body: tenant({ customerInfo: { level: 'test', tags: ['a', 'b'] }, extra: 'x' }),
  otherwise: cause('members', '带有不认识的成员时验签失败', 'a call with unknown members does not verify'),
  demand: demand(['带有不认识的成员', 'unknown members'], '000000 whatever further members there are', {
    zh: '忽略不认识的成员（例如 Jackson 的 FAIL_ON_UNKNOWN_PROPERTIES=false），平台会增加成员。',
    en: 'Ignore members you do not know (Jackson: FAIL_ON_UNKNOWN_PROPERTIES off): the platform adds some.',
  }),
  isReading: true,
};

const NULLS: OtherWords = {
  section: '3.2',
  body: tenant({ customerLevel: null }),
  // Unsorted, so that a receiver of raw bytes, who is known by now, is not mistaken for one who keeps nulls.
  writing: (body) => ({ text: JSON.stringify(body) }),
  otherwise: cause('nulls', '没有去掉值为 null 的成员', 'members that are null are not left out'),
  demand: demand(['带有值为 null 的成员', 'a member that is null'], '000000 with a member that is null', {
    zh: '容许值为 null 的成员。',
    en: 'Allow members that are null.',
  }),
  isReading: true,
};

const NON_ASCII: OtherWords = {
  section: '3.2',
  body: tenant({ name: '集市科技（R&D + IT）L\'Oréal "100% A" = 1' }),
  otherwise: cause(
    'encoding',
    '请求体没有按 UTF-8 解码，或序列化时改变了字符的写法',
    'the body is not read as UTF-8, or characters are written otherwise',
  ),
  demand: demand(['名称含中文和符号', 'a name with Chinese characters and signs'], '000000 for a Chinese name', {
    zh: '企业名称、部门名称和姓名都可能是中文和其他字符，不要限制字符集；数据库用 utf8mb4。',
    en: 'Names of enterprises, departments and people hold Chinese and other characters: do not restrict them; use utf8mb4 in the database.',
  }),
};

const CHARSET: OtherWords = {
  section: '2',
  body: tenant(),
  writing: () => ({ contentType: 'application/json;charset=UTF-8' }),
  otherwise: cause(
    'encoding',
    'Content-Type 带 charset 时验签失败',
    'a call whose Content-Type names the charset does not verify',
  ),
  demand: demand(
    ['Content-Type 带 charset', 'a charset in Content-Type'],
    '000000 for Content-Type: application/json;charset=UTF-8',
    {
      zh: '只比较 Content-Type 的媒体类型 application/json，忽略其后的 charset。',
      en: 'Compare only the media type of Content-Type, application/json, and not the charset behind it.',
    },
  ),
};

/** 255 characters, in labels of at most 63 (RFC 1035). */
const LONG_DOMAIN = `https://${'a'.repeat(59)}.${'b'.repeat(59)}.${'c'.repeat(59)}.${'d'.repeat(55)}.example.com`;

const LONGEST: OtherWords = {
  section: '7.1',
  body: tenant({ name: '集'.repeat(255), domainName: LONG_DOMAIN }, (scene) => ({
    ...scene,
    tenantId: scene.tenantId.padEnd(64, '0'),
    tenantCode: scene.tenantCode.padEnd(64, 'x'),
    orderId: scene.orderId === '' ? '' : scene.orderId.padEnd(64, '0'),
  })),
  otherwise: cause('members', '取值很长时验签失败', 'a call with long values does not verify'),
  demand: demand(
    ['取值达到长度上限', 'values of the full length'],
    '000000 for tenantId and tenantCode of 64, name and domainName of 255 characters',
    {
      zh: '按协议的长度上限建字段：ID 64，name 和 domainName 255 个字符（不是字节）。',
      en: 'Make the fields as long as the protocol allows: ids 64, name and domainName 255 characters, not bytes.',
    },
  ),
};

const CREDENTIAL: OtherWords = {
  section: '7.1',
  body: (session, scene) => {
    // Another tenant: whether one tenant may have several instances is a question of its own.
    const { tenantId, tenantCode } = newScene(session, 1);
    const without = { ...asCredential(scene), tenantId, tenantCode };
    return { kit: 'tenantSync', body: tenantBody(session, without, KIT_FLAGS.add) };
  },
  otherwise: cause('nulls', '把值为空字符串的成员也去掉了', 'members with an empty string are left out too'),
  demand: demand(
    ['instanceId 和 orderId 为空', 'empty instanceId and orderId'],
    '000000 with empty instanceId and orderId',
    {
      zh: '商家申请应用凭证时还没有订单，instanceId 和 orderId 为空，必须接受，不要做非空校验。',
      en: 'While a seller applies for a credential there is no order: instanceId and orderId come empty and must be accepted.',
    },
  ),
};

const SECOND_INSTANCE: OtherWords = {
  section: '7',
  body: (session, scene) => {
    // Whoever knows real instances only would refuse this one for another reason.
    if (scene.instanceId === '') throw new Skip(REAL_INSTANCES);
    const second = { ...scene, instanceId: session.uuid() };
    return { kit: 'tenantSync', body: tenantBody(session, second, KIT_FLAGS.add) };
  },
  otherwise: cause('members', '同一租户的第二个实例验签失败', 'a second instance of the tenant does not verify'),
  demand: demand(
    ['同一租户的第二个实例', 'a second instance of the tenant'],
    '000000: the key of tenantSync is instanceId + tenantId',
    {
      zh: '企业可以多次购买同一商品：以 instanceId + tenantId 为键，不要只用 tenantId 做唯一约束。',
      en: 'An enterprise may buy the product more than once: key by instanceId + tenantId, and put no unique constraint on tenantId alone.',
    },
  ),
};

const REAL_INSTANCES = {
  zh: '商家只接受真实存在的实例，无法用虚构的实例检查',
  en: 'The seller takes only instances that exist: an invented one shows nothing',
};

const NESTED: OtherWords = {
  section: '3.2',
  body: (session, scene) => ({
    kit: 'authSync',
    body: authBody(session, scene, KIT_FLAGS.add, [fullUserOf(scene, 15)]),
  }),
  writing: (body) => ({ text: JSON.stringify(body) }),
  otherwise: cause('order', '列表内部的成员也被排序', 'members inside the list are sorted as well'),
  demand: demand(['用户列表', 'a list of users'], '000000 for a list of users', {
    zh: '报文成员的顺序不固定。',
    en: 'Members come in no fixed order.',
  }),
};

const PARENT_NULL: OtherWords = {
  section: '7.4',
  body: (session, scene) => {
    const { prefix } = newScene(session, 1);
    const top = { orgCode: `${prefix}-d0`, orgName: 'Top', parentCode: null };
    return { kit: 'singleOrgSync', body: departmentBody(session, scene, KIT_FLAGS.add, top) };
  },
  writing: (body) => ({ text: JSON.stringify(body) }),
  otherwise: cause('nulls', '没有去掉值为 null 的成员', 'members that are null are not left out'),
  demand: demand(['parentCode 为 null', 'parentCode null'], '000000 for a top department whose parentCode is null', {
    zh: 'parentCode 为可选成员，顶级部门可以为空、为 null 或不带。',
    en: 'parentCode is optional: at the top it is empty, null or absent.',
  }),
  isReading: true,
};

async function understands(
  session: Session,
  memory: KitMemory,
  name: string,
  form: OtherWords,
): Promise<readonly Diagnosis[]> {
  const { scene } = await memory.begun(session);
  const { kit, body } = form.body(session, scene);
  const call: KitCall = { kit, body, label: `${kit}, body.${name}`, writing: form.writing?.(body) };
  const reply = await askKit(session, kit, body, call.label, call.writing);
  if (!isDone(reply) && reply.content.resultCode === '000001')
    return [await explainRefusal(session, call, reply, form.otherwise)];
  return judgeValid(session, memory, call, reply, form.demand);
}
