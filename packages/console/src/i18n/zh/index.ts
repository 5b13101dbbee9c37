import { jointActivity, operating } from './activity.ts';
import { assets } from './assets.ts';
import { common } from './common.ts';
import { debugging } from './debugging.ts';
import { files } from './files.ts';
import { finding, opinions } from './finding.ts';
import { handover } from './handover.ts';
import { invoices, spending } from './invoices.ts';
import { leaving } from './leaving.ts';
import { ledger } from './ledger.ts';
import { licence } from './licence.ts';
import { lives } from './lives.ts';
import { market } from './market.ts';
import { members } from './members.ts';
import { messages } from './messages.ts';
import { notice } from './notice.ts';
import { offers } from './offers.ts';
import { orders } from './orders.ts';
import { partners } from './partners.ts';
import { payout } from './payout.ts';
import { people } from './people.ts';
import { peopleProblems } from './people-problems.ts';
import { problem } from './problem.ts';
import { publication } from './publication.ts';
import { rule } from './rules.ts';
import { sales } from './sales.ts';
import { sandbox } from './sandbox.ts';
import { audit, security, securityProblems } from './security.ts';
import { settlement } from './settlement.ts';
import { staff } from './staff.ts';
import { state } from './state.ts';
import { subscription } from './subscription.ts';
import { supervision } from './supervision.ts';
import { usage } from './usage.ts';
import { wallet } from './wallet.ts';
import { webhooks } from './webhooks.ts';
import { workplace } from './workplace.ts';

/** All texts in Chinese, the source language; `en` has the same shape. */
export const zh = {
  ...common,
  ...lives,
  ...debugging,
  ...files,
  ...assets,
  ...market,
  ...messages,
  ...orders,
  ...staff,
  ...subscription,
  jointActivity,
  operating,
  finding,
  handover,
  invoices,
  leaving,
  ledger,
  licence,
  members,
  notice,
  opinions,
  offers,
  partners,
  payout,
  people,
  problem: { ...problem, ...securityProblems, ...peopleProblems },
  publication,
  rule,
  sales,
  sandbox,
  security,
  audit,
  settlement,
  spending,
  state,
  supervision,
  usage,
  wallet,
  webhooks,
  workplace,
};
