/**
 * The three dialects in which a marketplace delivers licences through a seller's server (`license-and-other-types.md` 1). One
 * production address may serve several: the method and `activity` tell them apart.
 *
 * `identification`: online 1.0, GET with authToken, answers with Body-Sign (section 3). `code`: authorisation code 2.0 (4.5).
 * `provisioning`: online provisioning, as V2.0 of SaaS and getLicenseAsync (5). The last two are POST with V2.0's signature.
 */
export const LICENSE_ACTIVITIES = {
  identification: ['getLicense', 'refreshLicense', 'expireLicense', 'releaseLicense'],
  code: ['refreshLicenseCode', 'updateLicenseCodeStatus', 'releaseLicenseCode'],
  provisioning: [
    'newInstance',
    'queryInstance',
    'refreshInstance',
    'updateInstanceStatus',
    'releaseInstance',
    'getLicenseAsync',
  ],
} as const;

export type LicenseDialect = keyof typeof LICENSE_ACTIVITIES;
export const LICENSE_DIALECTS: readonly LicenseDialect[] = ['identification', 'code', 'provisioning'];

export type IdentificationActivity = (typeof LICENSE_ACTIVITIES.identification)[number];
export type LicenseCodeActivity = (typeof LICENSE_ACTIVITIES.code)[number];
export type ProvisioningActivity = (typeof LICENSE_ACTIVITIES.provisioning)[number];
export type LicenseActivity = IdentificationActivity | LicenseCodeActivity | ProvisioningActivity;

/** Whose dialect an activity is; null for one that is none of License's. */
export function dialectOf(activity: LicenseActivity): LicenseDialect;
export function dialectOf(activity: string): LicenseDialect | null;
export function dialectOf(activity: string): LicenseDialect | null {
  return LICENSE_DIALECTS.find((dialect) => LICENSE_ACTIVITIES[dialect].some((name) => name === activity)) ?? null;
}

export function isIdentificationActivity(text: string): text is IdentificationActivity {
  return dialectOf(text) === 'identification';
}

export function isLicenseCodeActivity(text: string): text is LicenseCodeActivity {
  return dialectOf(text) === 'code';
}

export function isProvisioningActivity(text: string): text is ProvisioningActivity {
  return dialectOf(text) === 'provisioning';
}
