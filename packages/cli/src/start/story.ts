/** What a person reads after the purchase. */

import { docsFolder } from '../process.ts';
import type { RunningSandbox } from './boot.ts';
import type { PurchaseReport } from './purchase.ts';

export function storyLines(report: PurchaseReport): string[] {
  return [
    '',
    'The first purchase 第一笔订单',
    `  1. A buyer ordered ${report.productName.en} (${report.productName.zh}) for 10 users and a year: order ${report.order.orderId}, ${report.order.amount} ${report.order.currency}, paid from the balance.`,
    ...report.calls.map(
      (call, place) =>
        `  ${place + 2}. The marketplace called the seller: ${call.activity}, attempt ${call.attempt} → HTTP ${call.httpStatus}, ${call.resultCode} in ${call.durationMs} ms.`,
    ),
    `  ${report.calls.length + 2}. The instance ${report.instance?.instanceId} is ${report.instance?.status} after ${report.purchaseToActiveMs} ms; the order is ${report.order.status}.`,
    `     Open it at ${report.instance?.frontEndUrl}${report.instance?.userName ? ` as ${report.instance.userName}; the initial password is under "Resource details"` : ''}.`,
  ];
}

export function failureLines(report: PurchaseReport): string[] {
  const calls = report.calls.map(
    (call) =>
      `  ${call.activity}, attempt ${call.attempt} → ${call.httpStatus === null ? 'no answer' : `HTTP ${call.httpStatus}`} ${call.resultCode ?? ''} in ${call.durationMs} ms`,
  );
  const reasons = report.diagnosis.flatMap((each) => [
    `  ${each.code}: ${each.summary.en}`,
    `    seen: ${each.seen}`,
    `    fix:  ${each.fix.en}`,
  ]);
  return [
    '',
    `Order ${report.order.orderId} is ${report.order.status}: the instance is not active after ${report.purchaseToActiveMs} ms.`,
    ...calls,
    ...reasons,
  ];
}

export function welcomeLines(sandbox: RunningSandbox, bootMs: number): string[] {
  return [
    '',
    `Jishi 集市 is up (${bootMs} ms): ${sandbox.url}`,
    ...sandbox.demo.accounts.map(
      (account) =>
        `  ${account.area.padEnd(10)} ${account.loginName.padEnd(9)} ${account.password}   ${account.displayName}`,
    ),
    `  Sandbox area  ${sandbox.url}/sandbox   press scenarios, move the clock, see every call 沙箱：触发场景、移动时钟、查看每次调用`,
    `  clock         ${clockLine(sandbox)}`,
    `  seller server ${sandbox.sellerUrl}`,
    `  Open API      ${sandbox.url}/api/openapi.json   (AK ${sandbox.demo.ak}  SK ${sandbox.demo.sk})`,
    ...(docsFolder() === '' ? [] : [`  documentation ${sandbox.url}/docs/`]),
    ...(sandbox.folder === null
      ? ['  data in a temporary folder, removed at the end', `  sandbox token ${sandbox.token}`]
      : [`  data in ${sandbox.folder}`]),
    'Press Ctrl-C to stop.',
  ];
}

function clockLine({ sandbox }: RunningSandbox): string {
  const { now, playing } = sandbox.clock();
  return `${now}, ${playing ? 'playing' : 'standing still'}`;
}
