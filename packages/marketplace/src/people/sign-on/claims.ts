/** What an application is told about whoever signs in: standard claims, and the members printed in saas-v2.md 11. Pure. */
import type { SharedAttribute } from '../definition.ts';
import type { Entry } from './entry.ts';

/** E-25a: what is not shared is not given. */
const given = ({ application, member }: Entry, attribute: SharedAttribute & ('email' | 'mobile')): string =>
  application.attributes.includes(attribute) ? member[attribute] : '';

const present = (name: string, value: string): Record<string, string> => (value === '' ? {} : { [name]: value });

/** OpenID Connect Core 5.1; `tenant` is the tenantId of the synchronisation. */
export function standardClaims(entry: Entry): { sub: string; [name: string]: unknown } {
  const { member, enterprise } = entry;
  return {
    sub: member.memberId,
    name: member.name,
    preferred_username: `${member.userName}@${enterprise.shortName}`,
    tenant: enterprise.enterpriseId,
    role: member.role,
    ...present('email', given(entry, 'email')),
    ...present('phone_number', given(entry, 'mobile')),
  };
}

/** saas-v2.md 11.3; `userName` equals the one of authSync (7.3), `tenant` the tenantId. */
export function publishedUser(entry: Entry) {
  const { application, member, enterprise, department } = entry;
  return {
    id: member.memberId,
    userName: member.userName,
    name: member.name,
    email: given(entry, 'email'),
    mobile: given(entry, 'mobile'),
    role: member.role,
    organizationName: department?.name ?? '',
    userId: member.memberId,
    organizationCode: member.departmentCode,
    projectName: application.productName.zh,
    tenant: enterprise.enterpriseId,
  };
}
