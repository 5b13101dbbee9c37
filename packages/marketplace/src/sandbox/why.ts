/**
 * Why something can not be done now, in both languages, and what would help. The rules of the domain refuse with a
 * sentence in English that begins with their id; this finds the Chinese for it. A sentence that is not known stays as it is.
 */
import type { Refusal } from '../platform/result.ts';

export interface Words {
  readonly zh: string;
  readonly en: string;
}
interface Reason {
  readonly zh: string;
  readonly help?: Words;
}

const RENEW_FIRST = {
  zh: '先续费，再把时钟向前移动。',
  en: 'Renew it, or buy another one; then move the clock.',
};
const REASONS: readonly (readonly [RegExp, Reason])[] = [
  [/refund application/, { zh: '此服务有处理中的退订申请。' }],
  [
    /changes it at its expiry/,
    {
      zh: '已有随续费的变更将在到期时生效。',
      help: { zh: '把时钟移到到期之后。', en: 'Move the clock past the expiry.' },
    },
  ],
  [
    /^B-70c: order/,
    {
      zh: '此服务有未支付或处理中的订单。',
      help: { zh: '先支付或取消该订单，或移动时钟。', en: 'Pay or cancel that order, or move the clock.' },
    },
  ],
  [/a change is being carried out/, { zh: '正在变更，完成后才能操作。' }],
  [
    /^B-70c: an instance|^B-70a: (only a running|the subscription has expired)/,
    { zh: '只有未到期、使用中的服务可以变更。' },
  ],
  [/only a trial/, { zh: '只有试用可以转商用。', help: { zh: '先开通试用。', en: 'Start a trial first.' } }],
  [
    /^S7-8: trial/,
    {
      zh: '试用不能退订。',
      help: { zh: '移动时钟，试用到期后会自动释放。', en: 'Move the clock: it is released after its end.' },
    },
  ],
  [
    /\btrial\b.*(converted|changed|renew)/,
    { zh: '试用不适用；请先转商用。', help: { zh: '先转商用。', en: 'Convert it first.' } },
  ],
  [
    /only subscriptions by month or year|^C25: only|^C27: pay-per-use|^C31: a package|^C21:/,
    { zh: '仅适用于包年/包月商品。' },
  ],
  [/^B-61: products of this access type/, { zh: '该接入类型的商品只能手动续费。' }],
  [/^C27: the retention|^X23:/, { zh: '保留期已结束，服务正在释放。' }],
  [/withdrawn/, { zh: '商品已退市。' }],
  [
    /not on sale/,
    {
      zh: '商品已不在售。',
      help: {
        zh: '拨测连续失败会冻结交易：在拨测页面解冻，或重置沙箱。',
        en: 'Failing probes freeze trading: release it on the probe page, or reset the sandbox.',
      },
    },
  ],
  [
    /needs protocol SaaS V2\.0|only SaaS V2\.0/,
    {
      zh: '仅 SaaS V2.0 可以在续费时变更。',
      help: { zh: '以 --protocol saas-v2 启动。', en: 'Start with --protocol saas-v2.' },
    },
  ],
  [
    /from 30 days before/,
    {
      zh: '到期前 30 天起才能在续费时变更。',
      help: { zh: '把时钟移到到期前 30 天内。', en: 'Move the clock to within 30 days of its expiry.' },
    },
  ],
  [
    /was not asked yet/,
    { zh: '尚未询问商家是否支持变更。', help: { zh: '先做变更校验。', en: 'Run the change check first.' } },
  ],
  [
    /the seller refuses the change/,
    {
      zh: '商家不同意此变更。',
      help: { zh: '查看 changeInstanceCheck 的应答。', en: 'Look at the answer to changeInstanceCheck.' },
    },
  ],
  [/does not offer/, { zh: '商家没有为此规格开放变更。' }],
  [
    /^S7-2:/,
    {
      zh: '开通已超过 5 天，不能再无理由退订。',
      help: {
        zh: '新购一个服务并在 5 天内退订；或不续费，等待到期释放。',
        en: 'Buy another one and unsubscribe it within 5 days; or let it end without a renewal.',
      },
    },
  ],
  [
    /^S7-3:/,
    {
      zh: '今年的五天无理由退订次数已用完。',
      help: { zh: '把时钟移到下一年，或重置沙箱。', en: 'Move the clock to next year, or reset the sandbox.' },
    },
  ],
  [
    /^S7-12: all that was paid/,
    {
      zh: '实付金额已全部用完，没有可退的金额。',
      help: {
        zh: '重新购买后尽早退订。',
        en: 'Buy another one and give it back earlier.',
      },
    },
  ],
  [/^S7-12: the refund is/, { zh: '退款金额为实付金额减去已使用部分，请以页面显示的金额为准。' }],
  [
    /renewal.*given back first|renewal .*taken back first/,
    { zh: '请先取消尚未生效的续订，再退订。', help: { zh: '先取消续订。', en: 'Give back the renewal first.' } },
  ],
  [/^S7-7:/, { zh: '正在开通；开通失败会自动退款。' }],
  [/^S7-8: what has expired/, { zh: '服务已到期，不能退订。', help: RENEW_FIRST }],
  [/^S7-8: .*in effect/, { zh: '续订已生效，不能退订。' }],
  [/there is no renewal/, { zh: '没有尚未生效的续订周期。', help: { zh: '先续费。', en: 'Renew it first.' } }],
  [
    /settlement\.md 7\.2/,
    {
      zh: '此类商品不支持退订。',
      help: { zh: '移动时钟：到期后会自动释放。', en: 'Move the clock: what has an end is released after it.' },
    },
  ],
  [/one-time purchase can not be frozen/, { zh: '一次性购买没有冻结接口。' }],
  [
    /there is nothing to ask for/,
    {
      zh: '商家尚未返回资源标识，无法查询。',
      help: {
        zh: '查看 newInstance 的应答，或移动时钟等待开通。',
        en: 'Look at the answer to newInstance, or move the clock until it is opened.',
      },
    },
  ],
  [/renews itself already/, { zh: '已开启自动续费。' }],
  [/there is no such service yet/, { zh: '还没有这样的服务。', help: { zh: '先新购一个。', en: 'Buy one first.' } }],
  [/a violation is open already/, { zh: '已因违规冻结。', help: { zh: '先解冻。', en: 'Unfreeze it first.' } }],
  [/no violation is open/, { zh: '没有违规冻结。', help: { zh: '先冻结。', en: 'Freeze it first.' } }],
  [/is not frozen$/, { zh: '当前状态不能冻结。' }],
  [
    /^B-51/,
    { zh: '此规格的试用已使用过。', help: { zh: '重置沙箱后可再次试用。', en: 'Reset the sandbox to try it again.' } },
  ],
  [/has no free trial/, { zh: '此规格没有免费试用。' }],
  [
    /balance is short/,
    {
      zh: '余额不足。',
      help: {
        zh: '以买家身份在钱包页面充值，或重置沙箱。',
        en: 'Top up on the wallet page as the buyer, or reset the sandbox.',
      },
    },
  ],
  [
    /save cases first/,
    {
      zh: '没有已保存的调试用例。',
      help: { zh: '在调试页面调试接口并保存用例。', en: 'Debug the interfaces on the debugging page and save cases.' },
    },
  ],
  [
    /the clock is on its way/,
    { zh: '时钟正在移动。', help: { zh: '等待完成，或先暂停。', en: 'Wait for it, or pause the clock.' } },
  ],
  [
    /does not go back/,
    { zh: '时钟不能倒退。', help: { zh: '重置沙箱可以从任意时间开始。', en: 'A reset can begin at any time.' } },
  ],
  [/nothing is due/, { zh: '没有待发生的事项。', help: { zh: '先新购一个服务。', en: 'Buy a service first.' } }],
  [
    /no such service/,
    {
      zh: '没有这样的服务。',
      help: { zh: '不指定服务时取最新的合适服务。', en: 'Without a service the newest that fits is taken.' },
    },
  ],
  [/the quantity/, { zh: '数量不符合规格的范围或步长。' }],
];

const STATE: Words = { zh: '当前状态不允许此操作。', en: 'Its state does not allow this.' };
const reasonOf = (message: string): Reason | undefined => REASONS.find(([pattern]) => pattern.test(message))?.[1];

export const whyOf = (message: string): Words => ({ zh: reasonOf(message)?.zh ?? STATE.zh, en: message });

/** The refusal as the domain made it, with its Chinese and what would help among its facts. */
export function explained(refusal: Refusal): Refusal {
  const reason = reasonOf(refusal.message);
  const facts = {
    ...refusal.facts,
    ...(reason ? { whyZh: reason.zh } : {}),
    ...(reason?.help ? { helpZh: reason.help.zh, helpEn: reason.help.en } : {}),
  };
  return Object.keys(facts).length > 0 ? { ...refusal, facts } : refusal;
}
