import type { Command } from 'commander';
import { CliExit } from '../io.ts';
import { oneOf } from '../protocol-commands/input.ts';
import type { SandboxOptions } from './boot.ts';

export interface GivenSeller {
  seller?: string;
  accessKey?: string;
  protocol: string;
}

/** The options by which a sandbox is told whom it calls. */
export const withSeller = (command: Command): Command =>
  command
    .option('--seller <url>', 'production address of your own seller server instead of the demo seller')
    .option('--access-key <key>', 'access key that signs the calls to --seller')
    .option('--protocol <name>', 'protocol that the seller is spoken to in: saas-v2 or saas-v1', 'saas-v2');

export function sellerOptions({
  seller,
  accessKey,
  protocol,
}: GivenSeller): Pick<SandboxOptions, 'seller' | 'protocol'> {
  const spoken = oneOf(protocol, ['saas-v2', 'saas-v1'] as const, '--protocol');
  if (seller === undefined) {
    if (accessKey !== undefined) throw new CliExit(2, '--access-key goes with --seller');
    return { seller: null, protocol: spoken };
  }
  if (!URL.canParse(seller) || !/^https?:$/.test(new URL(seller).protocol))
    throw new CliExit(2, `--seller must be an http(s) address, not "${seller}"`);
  if (!accessKey)
    throw new CliExit(2, '--seller needs --access-key KEY: the key that your server checks signatures with');
  return { seller: { url: seller, accessKey }, protocol: spoken };
}
