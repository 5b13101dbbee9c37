/** Sellers' programs, in a process of their own: they make bodies, then sign and push them when told. `node clients.ts PORT SELLER CLIENTS`. */
import { z } from 'zod';
import { onTold, tellParent } from '../process.ts';
import { pushAll, usageBodies } from './pushing.ts';
import { meteredSellerShape } from './seller.ts';

const [port = '', seller = '', clients = ''] = process.argv.slice(2);
const pushing = { port: Number(port), seller: meteredSellerShape.parse(JSON.parse(seller)), clients: Number(clients) };
const told = z.union([
  z.object({ make: z.object({ calls: z.number(), offset: z.number(), serials: z.enum(['counted', 'random']) }) }),
  z.object({ push: z.literal(true) }),
]);
let bodies: string[] = [];

onTold((message) => {
  const order = told.parse(message);
  if ('make' in order) {
    bodies = usageBodies(pushing.seller, order.make);
    tellParent({ made: bodies.length });
  } else void push();
});
tellParent({ ready: true });

async function push(): Promise<void> {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  await pushAll(pushing, bodies);
  const { user, system } = process.cpuUsage(cpu);
  tellParent({ ms: performance.now() - began, cpuMs: (user + system) / 1_000 });
}
