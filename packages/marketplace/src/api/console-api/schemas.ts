/**
 * What the console API says and hears, as schemas: the one description that the server parses with, the OpenAPI
 * document is generated from and the console takes its types from. Amounts are decimal strings with their currency,
 * instants ISO 8601 in UTC, texts for people come in both languages. State names: `consoles-and-processes.md` 11.
 * Here stands what all areas share; each area has a `…-schemas.ts` of its own.
 */
import { extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { decodeCursor } from '../../platform/http/cursor.ts';
import { isUuid } from '../../platform/uuid.ts';

extendZodWithOpenApi(z);

export const localized = z.object({ zh: z.string(), en: z.string() }).openapi('LocalizedText');
export const money = z
  .object({ amount: z.string().openapi({ example: '1200.00' }), currency: z.string().openapi({ example: 'CNY' }) })
  .openapi('Money');
export const instant = z.string().openapi({ format: 'date-time' });

/** RFC 9457 problem details, with a stable `code` and, for bad input, the faulty members. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    code: z.string(),
    detail: z.string().optional(),
    requestId: z.string().optional(),
    errors: z.array(z.object({ member: z.string(), rule: z.string(), message: z.string() })).optional(),
    /** further facts the page can show, e.g. the gap of a short balance */
    facts: z.record(z.string(), z.string()).optional(),
  })
  .openapi('Problem');

/** An instant that somebody asks for. */
export const askedInstant = z.iso.datetime({ offset: true });
const cursorOf = (fits: (id: string) => boolean) =>
  z
    .string()
    .max(200)
    .refine((text) => fits(decodeCursor(text)?.id ?? ''), 'is not a cursor of this list')
    .optional();
export const uuidCursor = cursorOf(isUuid);
/** Of rows whose id counts up. */
export const countedCursor = cursorOf((id) => /^\d{1,18}$/.test(id));
export const pageQuery = z.object({
  cursor: cursorOf((id) => /^[\x21-\x7e]+$/.test(id)),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** Why an amount is what it is: rule, formula with numbers, result (design.md 4.6). */
export const derivationStep = z
  .object({ rule: z.string(), text: z.string(), value: z.string() })
  .openapi('DerivationStep');

export const diagnosis = z
  .object({
    code: z.string(),
    severity: z.enum(['error', 'warning']),
    summary: localized,
    expected: z.string(),
    seen: z.string(),
    fix: localized,
    reference: z.string(),
  })
  .openapi('Diagnosis');

export type Localized = z.infer<typeof localized>;
export type MoneyView = z.infer<typeof money>;
export type Problem = z.infer<typeof problem>;
export type DerivationStepView = z.infer<typeof derivationStep>;
export type DiagnosisView = z.infer<typeof diagnosis>;
export type Page<T> = { items: T[]; nextCursor: string | null };
