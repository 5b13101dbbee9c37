/** Why somebody does not get into an application (consoles-and-processes.md E-39): each has its own words, in both languages. */
import type { LocalizedText } from '../../catalog/index.ts';

export const SIGN_ON_REFUSALS = {
  APPLICATION_UNKNOWN: {
    zh: '没有这个应用。请检查链接是否完整。',
    en: 'There is no such application. Please check whether the link is complete.',
  },
  LOGIN_ADDRESS_MISSING: {
    zh: '商家尚未为该应用设置登录地址。',
    en: 'The seller has not set up a login address for this application yet.',
  },
  APPLICATION_STOPPED: {
    zh: '企业管理员已停用该应用。',
    en: 'Your administrator has stopped this application.',
  },
  INSTANCE_FROZEN: {
    zh: '该服务已被冻结，解冻后方可登录。',
    en: 'The service is frozen. You can sign in again once it is unfrozen.',
  },
  INSTANCE_ENDED: {
    zh: '该服务已到期或已释放。',
    en: 'The service has ended.',
  },
  MEMBER_DISABLED: {
    zh: '您的账号已被企业管理员停用。',
    en: 'Your account has been disabled by your administrator.',
  },
  NOT_AUTHORISED: {
    zh: '您没有使用该应用的权限，请联系企业管理员授权。',
    en: 'You are not authorised to use this application. Please ask your administrator.',
  },
} as const satisfies Readonly<Record<string, LocalizedText>>;
export type SignOnRefusal = keyof typeof SIGN_ON_REFUSALS;

/** For `error_description`, which allows ASCII only (RFC 6749 5.2). */
export const describeRefusal = (code: SignOnRefusal): string => `${code}: ${SIGN_ON_REFUSALS[code].en}`;
