/** Every word of the pages, in both languages; one type keeps the two tables complete. */
export type Language = 'zh' | 'en';

const en = {
  product: 'Acme Workspace',
  slogan: 'One place for what your team works on.',
  signIn: 'Sign in',
  signOut: 'Sign out',
  userName: 'User name',
  displayName: 'Name',
  password: 'Password',
  role: 'Role',
  admin: 'Administrator',
  member: 'Member',
  users: 'Users',
  usersOf: '{used} of {limit} users',
  full: 'All bought users are in use. Buy more, or remove somebody.',
  addUser: 'Add a user',
  add: 'Add',
  remove: 'Remove {name}',
  removeShort: 'Remove',
  changePassword: 'Change your password',
  initialPassword: 'You still use the initial password. Please change it.',
  current: 'Current password',
  next: 'New password',
  save: 'Save',
  passwordRule: 'At least 10 characters.',
  plan: 'Subscription',
  productName: 'Product',
  userLimit: 'Users',
  expiresAt: 'Valid until (UTC)',
  noExpiry: 'no end date',
  order: 'Order',
  instance: 'Instance',
  state: 'State',
  contact: 'Contact',
  workspace: 'To the workspace',
  administration: 'Administration',
  'phase.provisioning': 'Being set up',
  'phase.active': 'Active',
  'phase.frozen': 'Frozen',
  'phase.released': 'Released',
  provisioning: 'Your workspace is being set up. This page looks again by itself.',
  frozen: 'This workspace is frozen. Your data is kept; renew the subscription in the marketplace to go on.',
  released: 'This workspace has been released and its data deleted.',
  notFound: 'There is no such workspace.',
  welcome: 'Welcome, {name}',
  department: 'Department',
  enterprise: 'Enterprise',
  signedOnNot: 'You are not signed in',
  signedOnWhy: 'The marketplace says:',
  signOutThere: 'Sign out of the marketplace and its other applications too',
  signOnAgain: 'Open the application from your workplace again.',
  'notice.signed-out': 'You are signed out.',
  'notice.added': 'The user was added.',
  'notice.removed': 'The user was removed.',
  'notice.password': 'Your password was changed.',
  'error.credentials': 'User name or password is wrong.',
  'error.locked': 'Too many attempts. Try again in five minutes.',
  'error.limit': 'All bought users are in use.',
  'error.user-name':
    'The user name has 2 to 32 letters, digits, dots, dashes or underscores and begins with a letter or digit.',
  'error.display-name': 'The name has 1 to 40 characters.',
  'error.taken': 'There is already a user of that name.',
  'error.password': 'The password has 10 to 200 characters.',
  'error.current': 'The current password is wrong.',
  'error.forbidden': 'Only administrators may do that.',
} as const;

export type TextKey = keyof typeof en;

const zh: Record<TextKey, string> = {
  product: '协作空间',
  slogan: '团队的工作，都在一处。',
  signIn: '登录',
  signOut: '退出登录',
  userName: '用户名',
  displayName: '姓名',
  password: '密码',
  role: '角色',
  admin: '管理员',
  member: '成员',
  users: '用户',
  usersOf: '已用 {used} / 共 {limit} 个用户',
  full: '已购用户数已用完，请扩容或移除用户。',
  addUser: '添加用户',
  add: '添加',
  remove: '移除 {name}',
  removeShort: '移除',
  changePassword: '修改密码',
  initialPassword: '您仍在使用初始密码，请尽快修改。',
  current: '当前密码',
  next: '新密码',
  save: '保存',
  passwordRule: '至少 10 个字符。',
  plan: '订阅信息',
  productName: '商品',
  userLimit: '用户数',
  expiresAt: '到期时间（UTC）',
  noExpiry: '无到期时间',
  order: '订单',
  instance: '实例',
  state: '状态',
  contact: '联系方式',
  workspace: '进入协作空间',
  administration: '管理',
  'phase.provisioning': '开通中',
  'phase.active': '使用中',
  'phase.frozen': '已冻结',
  'phase.released': '已释放',
  provisioning: '您的协作空间正在开通，页面会自动刷新。',
  frozen: '该协作空间已冻结，数据仍保留。请在云商店续费后继续使用。',
  released: '该协作空间已释放，数据已删除。',
  notFound: '没有这个协作空间。',
  welcome: '欢迎，{name}',
  department: '部门',
  enterprise: '企业',
  signedOnNot: '您尚未登录',
  signedOnWhy: '云商店返回的原因：',
  signOutThere: '同时退出云商店及其他应用',
  signOnAgain: '请从工作台重新进入该应用。',
  'notice.signed-out': '您已退出登录。',
  'notice.added': '用户已添加。',
  'notice.removed': '用户已移除。',
  'notice.password': '密码已修改。',
  'error.credentials': '用户名或密码错误。',
  'error.locked': '尝试次数过多，请五分钟后再试。',
  'error.limit': '已购用户数已用完。',
  'error.user-name': '用户名为 2 至 32 个字母、数字、点、短横线或下划线，以字母或数字开头。',
  'error.display-name': '姓名为 1 至 40 个字符。',
  'error.taken': '该用户名已存在。',
  'error.password': '密码长度为 10 至 200 个字符。',
  'error.current': '当前密码错误。',
  'error.forbidden': '仅管理员可以执行此操作。',
};

const TEXTS: Record<Language, Record<TextKey, string>> = { en, zh };

export const isTextKey = (key: string): key is TextKey => Object.hasOwn(en, key);

/** The text with its `{places}` filled. */
export type Say = (key: TextKey, places?: Record<string, string | number>) => string;

export function sayIn(language: Language): Say {
  return (key, places = {}) =>
    TEXTS[language][key].replace(/\{(\w+)\}/g, (whole, place: string) => String(places[place] ?? whole));
}

/** An explicit choice wins, then the browser's preferences in their order; Chinese readers are the first customers. */
export function chooseLanguage(chosen: string | undefined, acceptLanguage: string | undefined): Language {
  if (chosen === 'zh' || chosen === 'en') return chosen;
  for (const part of (acceptLanguage ?? '').split(',')) {
    const language = part.trim().slice(0, 2).toLowerCase();
    if (language === 'zh' || language === 'en') return language;
  }
  return 'zh';
}
