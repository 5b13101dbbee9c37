/** docs/state-machines.md is what the code says. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { stateMachines } from './support/state-machines.ts';

it('the diagrams in the docs are those of the code (npm run diagrams)', () => {
  expect(readFileSync(new URL('../docs/state-machines.md', import.meta.url), 'utf8')).toBe(stateMachines());
});
