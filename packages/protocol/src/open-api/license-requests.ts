import { z } from 'zod';

/** What A4–A6 take and answer (`openapi.md` 5.4–5.6); unknown members are let through. */

const code = z.string().min(1).max(64);

/** A6: exactly one of `id`, a client, and `active_num`, how many there were that day. The capital I is as printed. */
export const softwareUsageBody = z.object({
  usage_info: z
    .array(
      z.object({
        license: code,
        software_usage_Info: z
          .array(
            z
              .object({
                id: z.string().min(1).max(256).nullish(),
                active_num: z.number().int().min(0).max(999_999_999).nullish(),
              })
              .refine(
                ({ id, active_num }) => (id == null) !== (active_num == null),
                'exactly one of id and active_num',
              ),
          )
          .min(1)
          .max(100),
      }),
    )
    .min(1)
    .max(100),
});
export type SoftwareUsageBody = z.infer<typeof softwareUsageBody>;

export const licenceInfo = z.object({
  license_code: z.string(),
  status: z.string(),
  activate_time: z.string(),
  expire_time: z.string().nullish(),
  product_id: z.string().nullish(),
  order_id: z.string().nullish(),
  amount: z.number().nullish(),
});
export type LicenceInfo = z.infer<typeof licenceInfo>;

/** The JSON text in `data.license_code_info` of an activation (v1). */
export const activatedLicence = z.object({
  status: z.string(),
  expire_time: z.string().nullish(),
  product_id: z.string().nullish(),
  order_id: z.string().nullish(),
  amount: z.number().nullish(),
});
export type ActivatedLicence = z.infer<typeof activatedLicence>;

export const activationAnswer = z.object({ data: z.object({ license_code_info: z.string() }).nullish() });
/** One code of v1, several of v2. */
export const licenceInfoAnswer = z.object({ data: z.union([licenceInfo, z.array(licenceInfo)]) });

export const failedCodes = z.object({ check_fail_list: z.array(z.string()) });
