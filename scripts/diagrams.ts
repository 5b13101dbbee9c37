/** `npm run diagrams`: writes docs/state-machines.md from the tables that the program itself walks. */
import { writeFileSync } from 'node:fs';
import { stateMachines } from '../tests/support/state-machines.ts';

writeFileSync(new URL('../docs/state-machines.md', import.meta.url), stateMachines());
