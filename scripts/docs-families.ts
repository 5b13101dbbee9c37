/** What the codes of one family have in common: who says them, and what follows. By the part of a code before its point. */
import type { Words } from '@jishi/protocol';

export interface Family {
  readonly title: Words;
  readonly about: Words;
}

export const FAMILIES: Readonly<Record<string, Family>> = {
  transport: {
    title: { zh: '连接', en: 'Connection' },
    about: {
      zh: '云商店调用生产地址、或一致性检查连接服务时发现。没有得到 HTTP 响应的调用视为失败，会在协议规定的窗口内重复。',
      en: 'Found when the marketplace calls a production address, or the conformance suite a server. A call that got no HTTP answer has failed and is repeated within the window of its activity.',
    },
  },
  http: {
    title: { zh: 'HTTP 响应', en: 'HTTP answer' },
    about: {
      zh: '在解析 JSON 之前，从 HTTP 响应本身发现。这样的响应视为失败，无论响应体写了什么。',
      en: 'Found in the HTTP answer before its JSON is read. Such an answer is a failure, whatever its body says.',
    },
  },
  body: {
    title: { zh: '响应体', en: 'Body of an answer' },
    about: {
      zh: '读取商家响应体时发现。错误级别的问题使调用失败并被重复；警告不影响交付，但接入调试可能不通过。',
      en: 'Found when the body of a seller’s answer is read. An error makes the call fail and be repeated; a warning harms no delivery, but the debugger may refuse it.',
    },
  },
  result: {
    title: { zh: '返回码', en: 'Result codes' },
    about: {
      zh: '响应格式正确，但返回码与情形不符，或表示拒绝。',
      en: 'The answer is well-formed; its result code says no, or does not fit what was asked.',
    },
  },
  query: {
    title: { zh: '查询实例', en: 'Query of instances' },
    about: {
      zh: '出现在 queryInstance 的响应中（V1.0 也包括 newInstance）：客户在“资源详情”里看到的内容由它而来。',
      en: 'Found in answers of queryInstance (in V1.0 of newInstance too): from them comes what a customer sees in the details of a service.',
    },
  },
  usage: {
    title: { zh: '用量', en: 'Usage' },
    about: {
      zh: '出现在 usageInfo 的元素中。有问题的用量不会展示给客户。',
      en: 'Found in the elements of usageInfo. Usage with such a fault is not shown to the customer.',
    },
  },
  instance: {
    title: { zh: '重复与一致', en: 'Repeats and identity' },
    about: {
      zh: '只有比较多次调用才能看出。云商店会重复没有得到响应的调用，所以每个接口都必须能安全地重复执行。',
      en: 'Shows only over several calls. The marketplace repeats a call whose answer was lost; every activity has to stand that.',
    },
  },
  security: {
    title: { zh: '验签', en: 'Checks of a signature' },
    about: {
      zh: '一致性检查专门发送签名错误、过期或重复的请求，观察商家服务是否拒绝。',
      en: 'The conformance suite sends requests with wrong, old and repeated signatures and looks whether the server refuses them.',
    },
  },
  secret: {
    title: { zh: '加密的账号信息', en: 'Encrypted account data' },
    about: {
      zh: '解密响应中的 userName、password 时发现。解密失败时交付仍算完成，但客户看不到账号。',
      en: 'Found when userName and password of an answer are decrypted. The delivery counts all the same, but the customer sees no account.',
    },
  },
  'body-sign': {
    title: { zh: '响应签名 Body-Sign', en: 'Body-Sign, the signature of an answer' },
    about: {
      zh: 'V1.0 的每个响应都要签名；签名缺失或错误时，即使 resultCode 为 000000，调用也视为失败。',
      en: 'In V1.0 every answer is signed. Without a right signature the call has failed, even if resultCode is 000000.',
    },
  },
  kit: {
    title: { zh: '套件（同步）接口', en: 'Kit (synchronisation) interfaces' },
    about: {
      zh: '出现在企业、应用、用户和部门的同步调用中。这些调用不会自动重复，由买家或企业管理员决定是否重试。',
      en: 'Found in the calls that synchronise enterprises, applications, users and departments. Nobody repeats them by itself: the buyer or the enterprise administrator decides.',
    },
  },
  license: {
    title: { zh: 'License', en: 'Licence' },
    about: {
      zh: '出现在 License 类商品的接口调用中。',
      en: 'Found in the calls of licence products.',
    },
  },
  request: {
    title: { zh: '请求的签名', en: 'Signature of a request' },
    about: {
      zh: '由 `jishi verify`、商家 SDK 的开发模式和一致性检查给出。签名不一致时，会按常见的错误重新计算，并指出能得到同一签名的那一个。',
      en: 'Said by `jishi verify`, by the seller SDK in development mode and by the conformance suite. A wrong signature is recomputed with the mistakes that people make, and the one that gives the same signature is named.',
    },
  },
  aksk: {
    title: { zh: '开放接口的 AK/SK 签名', en: 'AK/SK signature of the Open API' },
    about: {
      zh: '商家程序调用云商店开放接口被拒绝时给出（HTTP 401，`APIGW.0301`），`jishi verify openapi` 也会给出。同一 AK 连续失败超过 5 次会被锁定 5 分钟。',
      en: 'Said when a seller’s program is refused by the Open API (HTTP 401, `APIGW.0301`), and by `jishi verify openapi`. More than five failures in a row lock the AK for five minutes.',
    },
  },
  suite: {
    title: { zh: '检查工具自身', en: 'The suite itself' },
    about: {
      zh: '与商家服务无关。',
      en: 'Has nothing to do with the seller’s server.',
    },
  },
};

/** The family of a code; a code without one fails the build of the documentation. */
export function familyOf(code: string): Family {
  const family = FAMILIES[code.split('.')[0] ?? ''];
  if (family === undefined) throw new Error(`scripts/docs-families.ts tells nothing about ${code}`);
  return family;
}
