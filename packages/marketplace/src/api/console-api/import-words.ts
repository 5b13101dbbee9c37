/** Words of files of people (E-16, E-17). Pure. */
import type { EmployeeType, MemberRole, ROW_FAULTS } from '../../directory/index.ts';

const both = (zh: string, en: string) => ({ zh, en });
type Words<K extends string> = Readonly<Record<K, { readonly zh: string; readonly en: string }>>;

export const MEMBER_WORDS: Words<EmployeeType | MemberRole | 'yes' | 'no' | 'taken' | 'right'> = {
  REGULAR: both('正式', 'Regular'),
  INTERN: both('实习', 'Intern'),
  DISPATCHED: both('派遣', 'Dispatched'),
  OUTSOURCED: both('外包', 'Outsourced'),
  user: both('普通用户', 'User'),
  admin: both('管理员', 'Administrator'),
  yes: both('是', 'Yes'),
  no: both('否', 'No'),
  taken: both('已导入', 'Imported'),
  right: both('可导入', 'Can be imported'),
};

export const FAULT_WORDS: Words<(typeof ROW_FAULTS)[number]> = {
  MISSING: both('必填', 'needed'),
  TOO_LONG: both('过长', 'too long'),
  CHARACTERS: both('含有不允许的字符', 'characters that are not allowed'),
  PHONE: both('不是有效的手机号码', 'no phone number'),
  EMAIL: both('不是有效的邮箱地址', 'no e-mail address'),
  DATE: both('不是有效的日期', 'no date'),
  CHOICE: both('不是可选的值', 'none of the choices'),
  TWICE: both('在文件中重复', 'twice in the file'),
  TAKEN: both('已存在', 'exists already'),
  UNKNOWN_DEPARTMENT: both('部门不存在', 'no such department'),
  CYCLE: both('部门的上下级形成循环', 'departments in a circle'),
  NAME_TAKEN: both('同级部门名称重复', 'name of another department of this parent'),
  TOO_DEEP: both('部门层级过深', 'departments too deep'),
  OUT_OF_SCOPE: both('不在你的管理范围内', 'not in the scope that you were appointed with'),
};
