import { error, warning } from './entry.ts';

/** A call that got no HTTP answer, or one that is wrong before its body is read. */
export const TRANSPORT = {
  'transport.dns': error({
    summary: { zh: '域名无法解析', en: 'The host name cannot be resolved' },
    expected: 'a public DNS name',
    fix: {
      zh: '检查生产地址的域名是否拼写正确、DNS 解析是否已在公网生效。',
      en: 'Check the spelling of the production address and that its DNS record is published on the internet.',
    },
    reference: 'saas-v2.md 1.3',
  }),
  'transport.refused': error({
    summary: { zh: '连接被拒绝，该端口没有服务在监听', en: 'Connection refused: nobody listens on that port' },
    expected: 'a server listening on the production address',
    fix: {
      zh: '确认服务已启动，端口、防火墙、安全组与网关配置均已放通。',
      en: 'Start the server; check port, firewall, security group and gateway.',
    },
    reference: 'saas-v2.md 1.6',
  }),
  'transport.reset': error({
    summary: { zh: '响应未接收完整，连接即被断开', en: 'The connection broke before the answer was complete' },
    expected: 'a complete HTTP answer',
    fix: {
      zh: '查看服务端是否在处理过程中崩溃，网关是否提前断开连接，Content-Length 是否与实际长度一致。',
      en: 'Look for a crash while handling the request, a gateway that closes early, or a wrong Content-Length.',
    },
    reference: 'saas-v2.md 1.6',
  }),
  'transport.not-sent': error({
    summary: { zh: '云商店未能发出该调用', en: 'The marketplace could not make this call' },
    expected: 'a production address and an access key bound to it',
    fix: {
      zh: '检查商品的生产地址与密钥绑定；如配置无误，请联系运营人员。',
      en: 'Check the production address and the key bound to it; if both are right, contact the operator.',
    },
    reference: 'saas-v2.md 1.1',
  }),
  'transport.timeout': error({
    summary: { zh: '在规定时间内没有收到响应', en: 'No answer in time' },
    expected: 'an answer within 20 s, better within 5 s',
    fix: {
      zh: '不要在请求内完成开通：newInstance 可先返回 000004 和 instanceId，再在后台继续处理。',
      en: 'Do not provision inside the request: answer newInstance with 000004 and the instanceId, then go on in the background.',
    },
    reference: 'saas-v2.md 2',
  }),
  'transport.tls': error({
    summary: { zh: 'TLS 握手或证书校验失败', en: 'TLS handshake or certificate check failed' },
    expected: 'TLS 1.2 or newer, a valid certificate for this name from a recognised authority',
    fix: {
      zh: '使用由受信任机构签发、域名匹配且未过期的证书，补全中间证书链，并启用 TLS 1.2 及以上版本。',
      en: 'Install an unexpired certificate for this name with its intermediate chain, and enable TLS 1.2 or newer.',
    },
    reference: 'saas-v2.md 1.3',
  }),
  'transport.redirect': error({
    summary: {
      zh: '接口返回了重定向，云商店不会跟随',
      en: 'The interface answered with a redirect, which is never followed',
    },
    expected: 'HTTP 200 from the production address itself',
    fix: {
      zh: '将生产地址直接配置为最终的 HTTPS 地址，并让该路径绕过登录拦截或 http→https 跳转。',
      en: 'Register the final HTTPS address, and keep login pages and http→https redirects away from this path.',
    },
    reference: 'saas-v2.md 1.6',
  }),
  'transport.slow': warning({
    summary: { zh: '有响应，但耗时超过 5 秒', en: 'Answered, but later than 5 s' },
    expected: 'an answer within 5 s',
    fix: {
      zh: '将耗时操作放到后台异步执行，尽快返回结果。',
      en: 'Move slow work to the background and answer at once.',
    },
    reference: 'saas-v2.md 2',
  }),
  'transport.plain-http': warning({
    summary: {
      zh: '地址使用 HTTP，正式上架必须使用 HTTPS',
      en: 'The address is plain HTTP; production demands HTTPS',
    },
    expected: 'https://, TLS 1.2 or newer, a certificate from a recognised authority',
    fix: {
      zh: '为域名申请受信任机构签发的证书，并以 https:// 地址登记生产接口。',
      en: 'Get a certificate from a recognised authority for your domain and register the https:// address.',
    },
    reference: 'saas-v2.md 1.3',
  }),
  'transport.bare-ip': warning({
    summary: {
      zh: '地址是 IP，正式上架必须使用域名',
      en: 'The address is a bare IP; production demands a domain name',
    },
    expected: 'a domain name, e.g. https://www.example.com/produce',
    fix: {
      zh: '为服务配置域名及对应证书，并以该域名登记生产接口。',
      en: 'Give the server a domain name with its certificate and register that name.',
    },
    reference: 'saas-v2.md 1.3',
  }),
  'transport.blocked': error({
    summary: { zh: '目标地址属于内网或保留网段，已被拦截', en: 'The address is internal or reserved and was refused' },
    expected: 'a public internet address',
    fix: {
      zh: '生产地址必须解析到公网地址；本地联调请使用沙箱模式。',
      en: 'The production address must resolve to a public address; use the sandbox for local development.',
    },
    reference: 'saas-v2.md 1.3',
  }),
  'http.status': error({
    summary: { zh: 'HTTP 状态码不是 200', en: 'The HTTP status is not 200' },
    expected: '200',
    fix: {
      zh: '业务失败也要返回 HTTP 200，用 resultCode 表达原因；请查看服务端日志定位该状态码的来源。',
      en: 'Answer HTTP 200 even for a refusal and say why in resultCode; look in the server log where this status comes from.',
    },
    reference: 'saas-v2.md 1.6',
  }),
  'http.content-type': error({
    summary: { zh: '响应的 Content-Type 不是 application/json', en: 'The Content-Type is not application/json' },
    expected: 'application/json',
    fix: {
      zh: '设置响应头 Content-Type: application/json;charset=utf-8。',
      en: 'Send the header Content-Type: application/json;charset=utf-8.',
    },
    reference: 'saas-v2.md 1.6',
  }),
  'http.charset': error({
    summary: {
      zh: '响应体不是合法的 UTF-8，或带有 BOM',
      en: 'The body is not valid UTF-8, or starts with a byte-order mark',
    },
    expected: 'UTF-8 without a byte-order mark',
    fix: {
      zh: '以 UTF-8（无 BOM）编码输出响应体，不要使用 GBK 等其他编码。',
      en: 'Write the body as UTF-8 without a byte-order mark; not as GBK, Latin-1 or UTF-16.',
    },
    reference: 'saas-v2.md 1.3',
  }),
  'http.too-large': error({
    summary: { zh: '响应体超过 1 MiB 上限', en: 'The body is over the limit of 1 MiB' },
    expected: 'at most 1048576 bytes',
    fix: {
      zh: '只返回协议规定的成员，去掉多余内容。',
      en: 'Return only the members of the protocol.',
    },
    reference: 'saas-v2.md 2',
  }),
};
