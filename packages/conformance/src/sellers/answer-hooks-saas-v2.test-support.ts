/** What a wrong seller of V2.0 makes of right answers. */
import { type Hooks, infoOf, type Members, type SellerCall, type Written } from './right-saas-v2.test-support.ts';

export const write = (change: (written: Written, body: string) => Partial<Written>, activity?: string): Hooks => ({
  write: (written, call) =>
    activity === undefined || call.activity === activity
      ? { ...written, ...change(written, String(written.body)) }
      : written,
});
export const typed = (type: string | null): Hooks =>
  write(() => ({ headers: type === null ? {} : { 'content-type': type } }));
export const body = (change: (body: string) => string | Uint8Array, activity?: string): Hooks =>
  write((_, text) => ({ body: change(text) }), activity);
export const answer = (change: (members: Members, call: SellerCall) => Members): Hooks => ({ answer: change });
/** Successes only. */
export const success = (activity: string, change: (members: Members) => Members): Hooks =>
  answer((members, call) =>
    call.activity === activity && members.resultCode === '000000' ? change(members) : members,
  );
export const resultCode = (resultCode: unknown): Hooks =>
  answer((members) => (members.resultCode === '000000' ? { ...members, resultCode } : members));
export const info = (change: (element: ReturnType<typeof infoOf>) => object, top: object = {}): Hooks =>
  success('queryInstance', (members) => ({
    ...members,
    ...top,
    info: Array.isArray(members.info) ? members.info.map((each) => change(infoOf(each.instanceId))) : [],
  }));
export const app = (more: object, top: object = {}): Hooks =>
  info((each) => ({ ...each, appInfo: { ...each.appInfo, ...more } }), top);
export const usage = (more: object): Hooks =>
  info((each) => ({ ...each, usageInfo: [{ usageValue: 12.5, statisticalTime: '20260105000000000', ...more }] }));
