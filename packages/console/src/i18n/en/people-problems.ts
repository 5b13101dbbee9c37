/** What went wrong with enterprises and their people, by the API's problem codes. */
export const peopleProblems = {
  SHORT_NAME_FORM: {
    title: 'The short name does not fit',
    detail: 'Use 3 to 64 lower-case letters, digits or hyphens, beginning with a letter.',
  },
  SHORT_NAME_TAKEN: { title: 'This short name is in use', detail: 'Choose another one.' },
  SHORT_NAME_DIFFERS: {
    title: 'This is not the short name',
    detail: 'Type the short name of the enterprise that is to be dissolved.',
  },
  TOO_MANY_ENTERPRISES: { title: 'Too many enterprises', detail: 'Dissolve one that is no longer used first.' },
  ACCOUNT_UNKNOWN: {
    title: 'There is no such account',
    detail: 'Give the login name of an enterprise administrator’s account.',
  },
  ALREADY_ADMINISTRATOR: {
    title: 'Invited already',
    detail: 'This account administers the enterprise, or has not accepted yet.',
  },
  NOT_ADMINISTRATOR: {
    title: 'Not an administrator',
    detail: 'This account is no longer among the administrators; reload the page.',
  },
  DIRECTORY_READ_ONLY: {
    title: 'Read only',
    detail: 'An identity provider keeps departments and members; change them there.',
  },
  ENTERPRISE_DISSOLVED: { title: 'The enterprise was dissolved', detail: 'It can no longer be changed.' },
  DEPARTMENT_CODE_TAKEN: { title: 'This code is in use', detail: 'Codes are unique in the enterprise.' },
  DEPARTMENT_CODE_FORM: {
    title: 'The code does not fit',
    detail: 'Use 1 to 64 letters, digits, points, hyphens or underscores.',
  },
  DEPARTMENT_NAME_TAKEN: {
    title: 'This name is in use',
    detail: 'Names are unique among the departments of one parent.',
  },
  DEPARTMENT_NAME_FORM: { title: 'The name does not fit', detail: 'Give 1 to 128 characters.' },
  DEPARTMENT_UNKNOWN: { title: 'There is no such department', detail: 'Choose an existing one.' },
  DEPARTMENT_NOT_EMPTY: { title: 'The department is not empty', detail: 'Move its members and departments first.' },
  DEPARTMENT_CYCLE: { title: 'Not below itself', detail: 'Choose another parent.' },
  DEPARTMENT_TOO_DEEP: { title: 'Too deep', detail: 'Departments stand at most 20 levels deep.' },
  MEMBER_INVALID: { title: 'The member does not fit', detail: 'Check what is needed, and phone, e-mail and date.' },
  USER_NAME_TAKEN: { title: 'This account is in use', detail: 'Accounts are unique in the enterprise.' },
  GROUP_NAME_TAKEN: { title: 'This name is in use', detail: 'Choose another one.' },
  NO_CREDENTIAL: { title: 'The product does not take in enterprises', detail: 'Ask the seller to set it up.' },
  INSTANCE_NOT_RUNNING: { title: 'The service is not running', detail: 'Only running services can be bound.' },
  ALREADY_BOUND: { title: 'Bound already', detail: 'A service is bound to one enterprise.' },
  ONE_INSTANCE_ONLY: { title: 'One instance only', detail: 'An enterprise binds one instance of this product.' },
  NOT_BOUND: { title: 'Not bound yet', detail: 'Members can be authorised once it is bound.' },
  TOO_FEW_SEATS: { title: 'Too few seats', detail: 'More members than were bought; expand the service first.' },
  LOGIN_ADDRESS_MISSING: {
    title: 'No login address',
    detail: 'The seller has to set it up before anybody can be authorised.',
  },
  SYNC_NOT_YOURS: {
    title: 'Not yours to decide',
    detail: 'The buyer decides about bindings, an enterprise administrator about authorisations.',
  },
  SYNC_NOT_WAITING: { title: 'It no longer waits', detail: 'Look at its present state.' },
  SYNC_RUNNING: { title: 'Synchronisation is under way', detail: 'Wait for it before dissolving the enterprise.' },
  PUBLIC_KEY: { title: 'The public key does not fit', detail: 'Give an RSA public key of at least 3072 bits.' },
  ADDRESS_FORM: { title: 'The address does not fit', detail: 'It begins with https://.' },
  KEY_UNKNOWN: { title: 'There is no such key', detail: 'Choose an existing one.' },
  MULTI_INSTANCE_FINAL: {
    title: 'Cannot be taken back',
    detail: 'Binding several instances stays once it was allowed.',
  },
};
