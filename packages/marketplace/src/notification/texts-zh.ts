/** What the notices say, in Chinese. Names in braces are facts; the first sentence says what happened, the next what to do. */
import type { Variant } from './catalogue.ts';

export const TEXTS_ZH: Readonly<Record<Variant, { readonly title: string; readonly text: string }>> = {
  'N-10.approved': {
    title: '商家入驻已通过：{name}',
    text: '“{name}”已成为云商店商家，主账号为 {login}，初始密码由运营人员另行告知。下一步请提交收款账户，完成商业信息认证；认证通过后才能收款。',
  },
  'N-11.account-approved': {
    title: '收款账户已通过核验',
    text: '尾号 {tail} 的账户已生效，此后货款付至该账户。如非您本人操作，请立即联系运营方。',
  },
  'N-11.account-rejected': {
    title: '收款账户未通过核验',
    text: '尾号 {tail} 的账户未通过核验，原因：{reason}。请更正后重新提交，在此之前仍使用原账户。',
  },
  'N-11.account-asked': {
    title: '有收款账户待核验',
    text: '有商家提交了新的收款账户（尾号 {tail}）。请通过小额打款核验后，通过或驳回。',
  },
  'N-11.leaving-asked': {
    title: '商家申请退出：{name}',
    text: '商家“{name}”申请退出云商店。请核对后通过或驳回；通过时系统会再次检查商品、订单、结算和发票。',
  },
  'N-11.leaving-approved': {
    title: '退出申请已通过',
    text: '“{name}”已退出云商店，不能再次入驻。您仍可登录查看历史订单、账单和发票，并处理客户的退订与退票。',
  },
  'N-11.leaving-rejected': {
    title: '退出申请未通过',
    text: '“{name}”的退出申请未通过，原因：{reason}。',
  },
  'N-13.approved': {
    title: '商品已上架：{product}',
    text: '商品“{product}”已通过审核并上架，买家现在可以购买。请在商品页面核对公开状态、销售对象和库存。',
  },
  'N-13.change-approved': {
    title: '商品修改已生效：{product}',
    text: '商品“{product}”的修改已通过审核，版本 {version} 已生效；之前的订单仍按购买时的版本执行。',
  },
  'N-13.removal-approved': {
    title: '停售申请已通过：{product}',
    text: '商品“{product}”的停售申请已通过，停售后不能恢复销售；已开通的实例继续服务到期。',
  },
  'N-13.rejected': {
    title: '审核未通过：{product}',
    text: '商品“{product}”的{kind}未通过审核。原因：{reason}。请修改后重新提交。',
  },
  'N-13.submitted': {
    title: '待审核：{product}',
    text: '商家提交了商品“{product}”的{kind}，请在 {dueAt} 前完成审核。',
  },
  'N-72.withdrawn': {
    title: '商品已退市：{product}',
    text: '商品“{product}”已被平台退市，不再销售，也不能续费；已开通的实例继续服务到期。原因：{reason}。',
  },
  'N-14.probe-failed': {
    title: '拨测失败（第 {day} 天，共 5 天）：{product}',
    text: '商品“{product}”的接口 {interface} 拨测失败：{error}。今天是连续第 {day} 天，满 5 天将冻结交易。请修复接口，并在调试页面重新运行用例。',
  },
  'N-14.trading-frozen': {
    title: '交易已冻结：{product}',
    text: '商品“{product}”的接口连续 5 天拨测失败，已停止销售。请修复接口并在调试页面通过全部用例，然后联系运营经理恢复交易。',
  },
  'N-14.frozen-by-operator': {
    title: '交易已冻结：{product}',
    text: '商品“{product}”已被运营冻结交易，停止销售。原因：{reason}。请整改后联系运营经理恢复交易。',
  },
  'N-14.flagged': {
    title: '失败订单过多：{product}',
    text: '{month} 商品“{product}”已有 {orders} 个订单因接口失败而未能开通，超过每月 5 个的上限，运营已收到通知。请按接口消息中的诊断修复接口，并在调试页面重新运行用例。',
  },
  'N-14.flagged-to-operators': {
    title: '失败订单过多：{product}',
    text: '{month} 商品“{product}”已有 {orders} 个订单因接口失败而未能开通，超过每月 5 个的上限。请联系商家，必要时冻结交易。',
  },
  'N-16.will-repeat': {
    title: '接口调用失败：{product}',
    text: '订单 {order} 的接口 {interface} 第 {attempt} 次调用失败：{error}。系统将于 {nextAt} 再次调用。请查看接口消息中的诊断。',
  },
  'N-16.stopped': {
    title: '接口调用失败，已停止重试：{product}',
    text: '订单 {order} 的接口 {interface} 第 {attempt} 次调用失败：{error}。系统不再自动重试，请按接口消息中的诊断修复后重新启动。',
  },
  'N-16.many': {
    title: '{count}',
    text: '从 {from} 到 {to}，{count}。{told}请查看接口消息：',
  },
  'N-17.to-seller': {
    title: '订单开通失败，已退款：{product}',
    text: '订单 {order} 的商品“{product}”未能在规定时间内完成，已向客户全额退款 {amount}。',
  },
  'N-17.to-buyer': {
    title: '订单未能完成，已退款：{product}',
    text: '很抱歉，订单 {order} 的商品“{product}”未能完成，{amount} 已于 {at} 退回您的账户余额。',
  },
  'N-20.paid': {
    title: '订单 {order} 支付成功',
    text: '您已支付 {amount}，商品：{product}。正在为您处理，完成后会再通知您，也可以在订单页面查看进度。',
  },
  'N-21.to-deliver': {
    title: '新订单待交付：{product}',
    text: '订单 {order} 已付款，商品：{product}。请在“交付管理”中交付，客户验收后订单完成。',
  },
  'N-22.ready': {
    title: '“{product}”已开通',
    text: '您购买的“{product}”已可使用。请打开“已购买的服务”查看访问地址和账号；消息中不会包含密码。',
  },
  'N-23.renewed': {
    title: '客户续费：{product}',
    text: '客户为商品“{product}”的实例 {instance} 续费，新的到期时间为 {expireAt}。',
  },
  'N-24.trial-ends': {
    title: '试用将在 {days}后结束：{product}',
    text: '“{product}”的试用将于 {expireAt} 结束，之后不能继续使用。如需保留数据和配置，请在此之前转为正式使用。',
  },
  'N-25.ends': {
    title: '“{product}”将在 {days}后到期',
    text: '“{product}”将于 {expireAt} 到期。到期后如未续费将被冻结，冻结期间不能使用，数据暂时保留；保留期满后将被删除。请及时续费。',
  },
  'N-25.ended': {
    title: '“{product}”已到期，请续费',
    text: '“{product}”已到期，在 {until} 之前仍可使用。此后将被冻结，不能使用。请及时续费。',
  },
  'N-26.done': {
    title: '自动续费成功：{product}',
    text: '“{product}”已自动续费，扣款 {amount}，新的到期时间为 {expireAt}。',
  },
  'N-26.failed': {
    title: '自动续费失败：{product}',
    text: '账户余额不足，“{product}”未能自动续费，还差 {missing}。系统将于 {nextAt} 再次尝试，请在此之前充值，或手动续费。',
  },
  'N-26.refused': {
    title: '自动续费失败：{product}',
    text: '“{product}”未能自动续费：{reason}。下一次尝试：{nextAt}。到期后服务将冻结、释放，请在此之前查看该服务，并备份数据或选择其他商品。',
  },
  'N-27.frozen-expired': {
    title: '“{product}”已冻结',
    text: '“{product}”到期未续费，已被冻结，现在不能使用，数据暂时保留。续费后即可恢复使用。',
  },
  'N-27.frozen-violation': {
    title: '“{product}”因违规被冻结',
    text: '“{product}”因违反使用规则被冻结，现在不能使用。请联系运营经理了解原因并整改，整改后可恢复使用。',
  },
  'N-28.low': {
    title: '套餐包余量不足：{product}',
    text: '“{product}”的套餐包（共 {quota}）还剩 {rest}，已达到您设置的提醒值 {threshold}。用完后，超出部分按需计费；用完即停的套餐包则停止服务。',
  },
  'N-28.used-up': {
    title: '套餐包已用完：{product}',
    text: '“{product}”的套餐包（共 {quota}）已用完。此后的用量按需计费；用完即停的套餐包则停止服务。需要时可再购买套餐包。',
  },
  'N-28.ending': {
    title: '套餐包 {days}后到期：{product}',
    text: '“{product}”的套餐包（共 {quota}）将于 {expireAt} 到期，还剩 {rest}。到期未用完的部分作废，不退款。',
  },
  'N-76.balance-low': {
    title: '余额不足提醒：剩余 {balance}',
    text: '账户余额为 {balance}，已低于您设置的 {below}。请及时充值，以免按需服务欠费。',
  },
  'N-78.granted': {
    title: '您获得了{kind}：{amount}',
    text: '您获得了{kind}，面额 {amount}，{from} 起可用，有效期至：{until}。付款时可选用，自动续费会优先使用。',
  },
  'N-78.ending': {
    title: '{kind}即将到期：剩余 {amount}',
    text: '您的{kind}将于 {until} 到期，剩余 {amount}。到期未用完的部分作废，请及时使用。',
  },
  'N-78.withdrawn': {
    title: '{kind}已被收回',
    text: '运营方收回了您的{kind}，剩余 {amount} 不可再用。如有疑问，请联系运营方。',
  },
  'N-79.issued': {
    title: '{month}信用账单：{amount}',
    text: '您 {month} 使用信用额度等后付费方式的消费共 {amount}，请在 {until} 前还款。',
  },
  'N-79.due': {
    title: '{month}信用账单将在 3 天后到期',
    text: '{month}信用账单还有 {amount} 未还，还款期限为 {until}。逾期后不能再使用信用额度购买。',
  },
  'N-79.overdue': {
    title: '{month}信用账单已逾期',
    text: '{month}信用账单 {amount} 应在 {until} 前还清，现已逾期。还清前不能再使用信用额度购买。',
  },
  'N-79.overdue-to-operators': {
    title: '有买家的 {month}信用账单已逾期',
    text: '一位买家的 {month}信用账单逾期未还，金额 {amount}，期限为 {until}。',
  },
  'N-29.owed': {
    title: '按需服务欠费：{product}',
    text: '“{product}”的用量费用未能扣除，欠 {owed}。请在 {freezeAt} 前充值，系统会自动补扣；届时仍欠费，服务将被冻结。',
  },
  'N-27.frozen-arrears': {
    title: '“{product}”因欠费被冻结',
    text: '“{product}”因账户欠费被冻结，现在不能使用，数据暂时保留。结清欠费后即可恢复使用。',
  },
  'N-27.release-near': {
    title: '“{product}”即将释放，数据将被删除',
    text: '“{product}”将于 {releaseAt} 释放，届时数据将被删除，无法恢复。如需保留，请在此之前续费。',
  },
  'N-27.released': {
    title: '“{product}”已释放',
    text: '“{product}”已释放，数据已删除。如需继续使用，请重新购买。',
  },
  'N-31.failed': {
    title: '绑定企业失败：{product}',
    text: '客户把商品“{product}”（订单 {order}）绑定到企业“{enterprise}”时，接口 {interface} 调用失败（{at}）：{error}。请检查接口；如果重复下单时返回了新的 instanceId，请改为返回首次的 instanceId。客户可以选择重试或停止。',
  },
  'N-32.decide': {
    title: '绑定企业时失败，请选择重试或停止：{product}',
    text: '商品“{product}”（订单 {order}）绑定到企业“{enterprise}”时失败：{error}。已通知商家。请选择重试或停止。',
  },
  'N-33.failed': {
    title: '同步企业人员失败：{product}',
    text: '企业“{enterprise}”向商品“{product}”（订单 {order}）同步时，接口 {interface} 调用失败（{at}）：{error}。{affected}请检查接口；企业管理员可以选择继续或停止。',
  },
  'N-34.decide': {
    title: '同步失败，请选择继续或停止：{product}',
    text: '企业“{enterprise}”向商品“{product}”同步时失败：{error}。{affected}已通知商家。继续会重复失败的一批并完成其余部分；停止会保留已成功的部分。',
  },
  'N-36.invited': {
    title: '邀请您管理企业“{enterprise}”',
    text: '您受邀管理企业“{enterprise}”，请登录后接受邀请。',
  },
  'N-36.removed': {
    title: '您不再管理企业“{enterprise}”',
    text: '您已被移出企业“{enterprise}”的管理员，不能再管理该企业。',
  },
  'N-40.submitted': {
    title: '客户已提交需求：{product}',
    text: '客户为订单 {order} 的商品“{product}”提交了需求，请查看并据此交付。',
  },
  'N-42.delivered': {
    title: '请验收：{product}',
    text: '订单 {order} 的商品“{product}”已交付。请检查后验收；验收表示您认可交付内容，订单随之完成，之后不能再协商退款。',
  },
  'N-43.accepted': {
    title: '客户已验收：{product}',
    text: '客户已验收订单 {order} 的商品“{product}”，交付完成。',
  },
  'N-41.confirmed': {
    title: '商家已确认需求：{product}',
    text: '商家已确认您为订单 {order} 的商品“{product}”提交的需求，将据此交付。',
  },
  'N-41.rejected': {
    title: '需求被驳回：{product}',
    text: '商家驳回了您为订单 {order} 的商品“{product}”提交的需求，原因：{reason}。请修改后重新提交。',
  },
  'N-42.to-review': {
    title: '请复核交付：{product}',
    text: '订单 {order} 的商品“{product}”已交付，需先由平台复核验收材料，再由客户验收。',
  },
  'N-43.rejected': {
    title: '客户驳回交付：{product}',
    text: '订单 {order} 的商品“{product}”的交付被驳回（{times}），原因：{reason}。请处理后重新交付。',
  },
  'N-44.to-buyer': {
    title: '等待您处理：{product}',
    text: '订单 {order} 的商品“{product}”自 {since} 起等待您处理，请尽快完成。',
  },
  'N-44.to-seller': {
    title: '等待您处理：{product}',
    text: '订单 {order} 的商品“{product}”自 {since} 起等待您处理，请尽快完成。',
  },
  'N-45.overdue': {
    title: '超过 180 天未验收：{product}',
    text: '订单 {order} 的商品“{product}”下单已满 180 天，仍未验收。未验收的订单不会结算。',
  },
  'N-45.overdue-to-operators': {
    title: '超过 180 天未验收：{product}',
    text: '订单 {order} 的商品“{product}”下单已满 180 天，仍未验收，请跟进。',
  },
  'N-46.opened-to-buyer': {
    title: '已发起申诉：{product}',
    text: '{by}对订单 {order} 的商品“{product}”发起了申诉，原因：{reason}。流程已冻结，运营将在 {until} 前处理，您可以补充说明和证明。',
  },
  'N-46.opened-to-seller': {
    title: '已发起申诉：{product}',
    text: '{by}对订单 {order} 的商品“{product}”发起了申诉，原因：{reason}。流程已冻结，运营将在 {until} 前处理，您可以补充说明和证明。',
  },
  'N-46.opened-to-operators': {
    title: '请处理申诉：{product}',
    text: '{by}对订单 {order} 的商品“{product}”发起了申诉，原因：{reason}。请在 {until} 前处理。',
  },
  'N-46.stated-to-buyer': {
    title: '申诉有新的说明：{product}',
    text: '{by}就订单 {order} 的商品“{product}”的申诉补充了说明：{reason}',
  },
  'N-46.stated-to-seller': {
    title: '申诉有新的说明：{product}',
    text: '{by}就订单 {order} 的商品“{product}”的申诉补充了说明：{reason}',
  },
  'N-46.decided-to-buyer': {
    title: '申诉已处理：{product}',
    text: '订单 {order} 的商品“{product}”的申诉已处理：{outcome}。原因：{reason}',
  },
  'N-46.decided-to-seller': {
    title: '申诉已处理：{product}',
    text: '订单 {order} 的商品“{product}”的申诉已处理：{outcome}。原因：{reason}',
  },
  'N-48.signed': {
    title: '快递已签收：{product}',
    text: '订单 {order} 的商品“{product}”已签收。请检查后验收；如未收到或有问题，请驳回。{until} 后系统将自动验收。',
  },
  'N-48.accepted': {
    title: '系统已自动验收：{product}',
    text: '订单 {order} 的商品“{product}”签收满 10 天，系统已自动验收，订单完成。',
  },
  'N-48.unmatched': {
    title: '请提醒客户验收：{product}',
    text: '订单 {order} 的商品“{product}”物流信息中的收件电话与下单时填写的不一致，系统不会自动验收。请提醒客户确认收货。',
  },
  'N-52.send-back': {
    title: '请退回商品：{product}',
    text: '“{product}”的退款申请已通过。请在 {until} 前寄回商品并填写物流信息，逾期视为撤回申请。',
  },
  'N-52.inspect': {
    title: '请检查退回的商品：{product}',
    text: '客户已寄回“{product}”。请在 {until} 前检查并处理，逾期将自动退款。',
  },
  'N-48.shipped': {
    title: '已发货：{product}',
    text: '订单 {order} 的商品“{product}”已发货，快递公司：{carrier}，单号：{trackingNo}。收到并检查后请验收。',
  },
  'N-50.decide': {
    title: '客户申请退款：{product}',
    text: '客户申请对商品“{product}”退款 {amount}。原因：{reason}。请审核同意或拒绝。',
  },
  'N-50.unsubscribed': {
    title: '客户退订：{product}',
    text: '客户退订商品“{product}”，退款 {amount}。原因：{reason}。无需您审核。',
  },
  'N-51.agreed': {
    title: '退款申请已通过：{product}',
    text: '“{product}”的退款申请已通过，{amount} 将退回您的账户余额。{comment}',
  },
  'N-51.rejected': {
    title: '退款申请被拒绝：{product}',
    text: '“{product}”的退款申请（{amount}）被拒绝。{comment}如有疑问，请联系商家或运营经理。',
  },
  'N-51.paid': {
    title: '退款已到账：{product}',
    text: '“{product}”的退款 {amount} 已退回您的账户余额。',
  },
  'N-70.question': {
    title: '商品“{product}”收到提问',
    text: '有客户就商品“{product}”提问：“{text}”。请及时回答，回答后将显示在商品页面。',
  },
  'N-73.partner-demand': {
    title: '服务商提出客户需求：{product}',
    text: '“{partner}”为其客户“{customer}”申请商品“{product}”的专属优惠。请在 {until} 前接受或拒绝，逾期将自动拒绝。',
  },
  'N-73.accepted': {
    title: '商家已接受需求：{product}',
    text: '商家已接受您为“{customer}”提出的“{product}”需求，专属优惠生效后将通知您。',
  },
  'N-73.refused': {
    title: '需求未被接受：{product}',
    text: '您为“{customer}”提出的“{product}”需求未被接受，原因：{reason}。',
  },
  'N-73.offered': {
    title: '专属优惠已生效：{name}',
    text: '商家为您的客户提供的专属优惠“{name}”已生效，请将链接或二维码转给客户下单。',
  },
  'N-73.demand': {
    title: '客户提出需求：{product}',
    text: '客户希望为商品“{product}”申请专属优惠。请在 {until} 前接受或拒绝，逾期将自动拒绝。',
  },
  'N-62.sent': {
    title: '{period}账单已发送',
    text: '您 {period}的账单已审核并发送，本期结算金额 {amount}。',
  },
  'N-63.invoice': {
    title: '请为{period}账单开具发票',
    text: '{period}账单已进入待开票状态，请在 1 个月内按开票清单开具发票，金额 {amount}。',
  },
  'N-60.requested': {
    title: '收到开票申请：{title}',
    text: '客户申请开具发票，抬头“{title}”，金额 {amount}。请在 {until} 前开具，或在开具前说明原因并驳回。',
  },
  'N-60.due': {
    title: '开票申请即将到期：{title}',
    text: '抬头“{title}”、金额 {amount} 的发票尚未开具，请在 {until} 前完成。',
  },
  'N-60.overdue': {
    title: '开票申请已超期：{title}',
    text: '抬头“{title}”、金额 {amount} 的发票应在 {until} 前开具，现已超期，请尽快处理。',
  },
  'N-60.cancel-asked': {
    title: '客户申请撤销开票：{title}',
    text: '客户希望撤销抬头“{title}”、金额 {amount} 的纸质发票，请处理。',
  },
  'N-60.return-asked': {
    title: '客户申请退票：{title}',
    text: '客户申请退回抬头“{title}”、金额 {amount} 的发票 {number}，请核对后同意或驳回。',
  },
  'N-60.to-operators': {
    title: '待处理的客户发票：{title}',
    text: '抬头“{title}”、金额 {amount} 的发票由云商店开具，正等待处理。',
  },
  'N-61.issued': {
    title: '发票已开具：{title}',
    text: '抬头“{title}”的发票已开具，发票号码 {number}，金额 {amount}。',
  },
  'N-61.refused': {
    title: '开票申请被驳回：{title}',
    text: '抬头“{title}”、金额 {amount} 的开票申请被驳回，原因：{reason}。修改后可以重新申请。',
  },
  'N-61.cancel-answered': {
    title: '撤销申请已处理：{title}',
    text: '抬头“{title}”、金额 {amount} 的发票撤销申请已处理，请查看结果。',
  },
  'N-61.returned': {
    title: '退票完成：{title}',
    text: '抬头“{title}”的发票 {number} 已退票，金额 {amount} 可以重新申请开票。',
  },
  'N-61.return-refused': {
    title: '退票申请被驳回：{title}',
    text: '抬头“{title}”的发票 {number} 的退票申请被驳回，原因：{reason}。',
  },
  'N-63.due': {
    title: '请尽快开具发票：申付单 {requisition}',
    text: '申付单 {requisition} 的发票须在 {day} 前开具，还有 {left}，金额 {amount}。',
  },
  'N-63.overdue': {
    title: '发票已超期：申付单 {requisition}',
    text: '申付单 {requisition} 的发票应在 {day} 前开具，现已超期，金额 {amount}。收到发票后才会付款。',
  },
  'N-63.overdue-to-operators': {
    title: '商家发票超期：申付单 {requisition}',
    text: '申付单 {requisition} 的商家发票应在 {day} 前开具，尚未收到，金额 {amount}。',
  },
  'N-63.rejected': {
    title: '发票审核未通过：申付单 {requisition}',
    text: '申付单 {requisition} 的发票审核未通过，原因：{reason}。请重新开具，金额 {amount}，截止日期 {day}。',
  },
  'N-63.verified': {
    title: '发票审核通过：申付单 {requisition}',
    text: '申付单 {requisition} 的发票已审核通过，金额 {amount}，账单进入申付审核。',
  },
  'N-63.submitted': {
    title: '待审核的商家发票：申付单 {requisition}',
    text: '商家已提交申付单 {requisition} 的发票，金额 {amount}，请审核。',
  },
  'N-64.requested': {
    title: '平台服务费开票申请',
    text: '商家申请开具平台服务费发票，金额 {amount}，请处理。',
  },
  'N-64.issued': {
    title: '平台服务费发票已开具',
    text: '平台服务费发票已开具，发票号码 {number}，金额 {amount}，可以下载。',
  },
  'N-64.refused': {
    title: '平台服务费开票申请被驳回',
    text: '平台服务费开票申请（金额 {amount}）被驳回，原因：{reason}。',
  },
  'N-75.run-refused': {
    title: '{period}账期未能出账',
    text: '{period}账期未能出账：{reason}。障碍解除后，请在“账期”页面手动出账。',
  },
  'N-80.to-confirm': {
    title: '请确认{period}佣金账单',
    text: '您 {period}的佣金账单已审核并发送，连同一并付款的账单合计 {amount}。请确认；如有异议，请驳回并说明原因。',
  },
  'N-80.invoice': {
    title: '请为{period}佣金账单开具发票',
    text: '{period}佣金账单已进入待开票状态，请在 1 个月内按开票清单开票并寄出，金额 {amount}。',
  },
  'N-80.paid': {
    title: '{period}佣金已支付',
    text: '您 {period}的佣金 {amount} 已支付，请查收。',
  },
  'N-80.rejected-to-operators': {
    title: '{partner}驳回了{period}佣金账单',
    text: '渠道伙伴“{partner}”驳回了{period}佣金账单，连同一并付款的账单合计 {amount}，原因：{reason}。账单已退回审核，请处理。',
  },
  'N-81.planned': {
    title: '商家将按里程碑交付：{product}',
    text: '商家将订单 {order} 的商品“{product}”分为多个里程碑交付，由您逐个验收，计划见交付单页面。',
  },
  'N-81.accepted': {
    title: '里程碑已验收：{milestone}',
    text: '订单 {order} 的商品“{product}”：里程碑“{milestone}”已验收，请继续交付下一个里程碑“{next}”。',
  },
  'N-77.webhook-off': {
    title: 'Webhook 端点已停用',
    text: '端点 {url} 已停用：{reason}。事件不再发往该端点。恢复后请在“Webhook”页面启用，并重新发送遗漏的事件。',
  },
  'N-74.sold-out': {
    title: '商品售罄：{product}',
    text: '商品“{product}”的一个规格已售罄，客户暂时无法购买。补充库存后即可继续销售。',
  },
};

/** Around a text on its way out. */
export const FRAME_ZH = {
  sms: '【集市】{title}。{text}{link}',
  details: '查看详情：{link}',
  footer: '此邮件由集市自动发送，请勿回复。接收人和消息类别可在 {receivers} 设置。',
  confirmationTitle: '集市退订验证码',
  confirmation:
    '您的验证码是 {code}，15 分钟内有效。它用于确认退订服务并删除数据，请勿告知他人；如非本人操作，请立即修改密码。',
  verificationTitle: '集市验证码',
  verification:
    '您的验证码是 {code}，{minutes} 分钟内有效。它用于确认企业管理操作，请勿告知他人；如非本人操作，请立即修改密码。',
  memberPasswordTitle: '集市账号开通',
  memberPassword:
    '【集市】{enterprise} 已为您开通账号 {account}，初始密码 {password}。请登录 {link} 并设置自己的密码，请勿将密码告知他人。',
  codeTitle: '集市接收人验证码',
  code: '您的验证码是 {code}，15 分钟内有效。它用于确认此地址可以接收集市的消息；如非本人操作，请忽略。',
};
