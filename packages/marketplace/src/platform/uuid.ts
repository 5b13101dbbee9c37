/** A UUID of any version in lower case, as `uuid` writes it and PostgreSQL reads it. */
export const isUuid = (text: string | undefined): text is string =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text ?? '');
