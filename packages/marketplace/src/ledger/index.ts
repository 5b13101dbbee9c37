/** Every cent, twice. */
export * from './ledger.ts';
