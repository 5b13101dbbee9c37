/** Problem codes of sign-in and of one's own account that have words of their own. */
export const securityCodes = [
  'SECOND_FACTOR_WRONG',
  'SECOND_FACTOR_DUE',
  'SECOND_FACTOR_ON',
  'NO_SECOND_FACTOR',
  'NO_SUCH_ACCOUNT',
  'SIGN_IN_EXPIRED',
  'NO_LINKED_ACCOUNT',
  'IDENTITY_REFUSED',
  'IDENTITY_PROVIDER',
  'IDENTITY_TAKEN',
  'IDENTITY_LINKED',
  'NO_IDENTITY',
] as const;
