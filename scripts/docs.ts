/** `npm run docs`: writes the generated pages of `docs/diagnosis`, and removes those whose code is gone. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diagnosisPages } from './docs-diagnosis.ts';

const FOLDER = fileURLToPath(new URL('../docs/diagnosis', import.meta.url));

const pages = await diagnosisPages();
mkdirSync(FOLDER, { recursive: true });
for (const name of existsSync(FOLDER) ? readdirSync(FOLDER) : []) if (!pages.has(name)) rmSync(join(FOLDER, name));
for (const [name, text] of pages) writeFileSync(join(FOLDER, name), text);
console.error(`${pages.size} pages in docs/diagnosis`);
