/** The columns of a file of people, by their headings in both languages; what a template shows (E-16). Pure. */
export const COLUMNS = {
  departmentCode: { zh: '部门编码', en: 'Department code' },
  departmentName: { zh: '部门名称', en: 'Department name' },
  parentCode: { zh: '上级部门编码', en: 'Parent department code' },
  userName: { zh: '账号', en: 'Account' },
  name: { zh: '姓名', en: 'Name' },
  position: { zh: '职位', en: 'Position' },
  employeeCode: { zh: '工号', en: 'Staff number' },
  employeeType: { zh: '员工类型', en: 'Staff type' },
  mobile: { zh: '手机', en: 'Mobile' },
  email: { zh: '邮箱', en: 'E-mail' },
  workPlace: { zh: '工作地点', en: 'Work place' },
  entryDate: { zh: '入职日期', en: 'Entry date' },
  role: { zh: '应用内角色', en: 'Role' },
  enabled: { zh: '启用', en: 'Enabled' },
} as const;
export type ColumnName = keyof typeof COLUMNS;
export const COLUMN_NAMES = Object.keys(COLUMNS).filter((name): name is ColumnName => name in COLUMNS);
/** without these a file says nothing about anybody */
export const NEEDED: readonly ColumnName[] = ['departmentCode', 'userName', 'name'];

const plain = (heading: string): string =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s*（()）_-]/g, '');
const byHeading = new Map<string, ColumnName>(
  COLUMN_NAMES.flatMap((name) => [
    [plain(COLUMNS[name].zh), name],
    [plain(COLUMNS[name].en), name],
    [plain(name), name],
  ]),
);
/** @returns null = this heading is none of ours; its column is passed over */
export const columnOf = (heading: string): ColumnName | null => byHeading.get(plain(heading)) ?? null;

/** A department by itself, and members below it: what the template begins with. */
export const SAMPLES: readonly Partial<Record<ColumnName, { readonly zh: string; readonly en: string }>>[] = [
  {
    departmentCode: { zh: 'rd', en: 'rd' },
    departmentName: { zh: '研发部', en: 'Development' },
  },
  {
    departmentCode: { zh: 'rd-qa', en: 'rd-qa' },
    departmentName: { zh: '测试组', en: 'Test' },
    parentCode: { zh: 'rd', en: 'rd' },
  },
  {
    departmentCode: { zh: 'rd-qa', en: 'rd-qa' },
    userName: { zh: 'wang.fang', en: 'kim.lee' },
    name: { zh: '王芳', en: 'Kim Lee' },
    position: { zh: '测试工程师', en: 'Tester' },
    employeeType: { zh: '正式', en: 'Regular' },
    mobile: { zh: '13800138000', en: '+44 20 7946 0000' },
    email: { zh: 'wang.fang@example.com', en: 'kim.lee@example.com' },
    entryDate: { zh: '2024-01-31', en: '2024-01-31' },
    role: { zh: '普通用户', en: 'User' },
    enabled: { zh: '是', en: 'Yes' },
  },
];
