import type { Context } from 'hono';

type Field = 'userName' | 'displayName' | 'password' | 'current' | 'next';

/** Bytes; the longest form of ours has a few hundred. */
export const MAX_FORM_BYTES = 10_000;

/** A submitted form; what is absent, or a file, is an empty text. Passwords keep their blanks. */
export async function form(c: Context): Promise<Record<Field, string>> {
  const given = await c.req.parseBody();
  const field = (name: Field) => {
    const value = given[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    userName: field('userName').trim(),
    displayName: field('displayName').trim(),
    password: field('password'),
    current: field('current'),
    next: field('next'),
  };
}

/** Browsers name the page a form comes from; a page of another site must not submit ours. */
export function isOwnForm(c: Context, publicUrl: string): boolean {
  const origin = c.req.header('origin');
  if (!origin || !URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === new URL(publicUrl).host || host === c.req.header('host');
}
