/** What the consoles import: every schema of the console API and the types of what they show. */
export * from '../../sandbox/schemas.ts';
export * from './debugging-schemas.ts';
export * from './message-schemas.ts';
export * from './notice-schemas.ts';
export * from './schemas.ts';
export * from './subscription-schemas.ts';
