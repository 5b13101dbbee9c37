/** `jishi settle` in a process of its own: how long, and how much memory at its peak. */
import { settleFile, writeSettled } from '@jishi/marketplace';

const [file = ''] = process.argv.slice(2);
const began = performance.now();
const idle = process.cpuUsage();
const bills = await settleFile(file, async (settled) => {
  for await (const piece of writeSettled(settled)) if (piece === '') break;
  return settled.bills.length;
});
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(idle);
const cpuSeconds = (user + system) / 1_000_000;
// of the whole process since it began, in kilobytes
const peakMb = process.resourceUsage().maxRSS / 1024;
process.send?.({ seconds, cpuSeconds, peakMb, bills });
