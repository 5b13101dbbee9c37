/** The five interfaces of the kit, each at its fixed path below the production address (`saas-v2.md` 7). */
export const KIT_INTERFACES = ['tenantSync', 'applicationSync', 'authSync', 'singleOrgSync', 'allOrgSync'] as const;
export type KitInterface = (typeof KIT_INTERFACES)[number];

/** What the platform appends to the production address. */
export const KIT_PATHS: Readonly<Record<KitInterface, string>> = {
  tenantSync: '/produceAPI/v2/tenantSync',
  applicationSync: '/produceAPI/v2/applicationSync',
  authSync: '/produceAPI/v2/authSync',
  singleOrgSync: '/produceAPI/v2/singleOrgSync',
  allOrgSync: '/produceAPI/v2/allOrgSync',
};

/**
 * The interface that a request's path names, whatever the production address puts before it; null when none. The paths of
 * V1.0, without `/v2`, name the same interfaces (`saas-v1.md` 6.1).
 */
export function kitInterfaceOf(path: string): KitInterface | null {
  const name = /\/produceAPI\/(?:v2\/)?([A-Za-z]+)\/?$/.exec(path)?.[1];
  return KIT_INTERFACES.find((each) => each === name) ?? null;
}
