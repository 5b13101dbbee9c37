import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { JOURNAL_FORMATS, SITES, type Verification, verifyLedger, writeJournal } from '@jishi/marketplace';
import type { Command } from 'commander';
import { CliExit, type CliIo } from '../io.ts';
import { databaseToRead } from '../process.ts';
import { headOption, oneOf } from '../protocol-commands/input.ts';

interface Source {
  data?: string;
}

/** `jishi ledger …`: whether the books are as they were sealed, and the books for other programs. */
export function registerLedger(program: Command, io: CliIo): void {
  const ledger = program.command('ledger').description('the books: every cent, twice').exitOverride();
  ledger
    .command('verify')
    .description('check the chain of seals, that every entry adds up, that balances equal their postings')
    .option('--data <folder>', 'data folder of jishi start; default: JISHI_DATABASE_URL')
    .option('--head <seal:hash>', 'a head that an earlier run printed: the chain must still run through it')
    .option('--json', 'print one JSON document')
    .action(async (options: Source & { head?: string; json?: boolean }) => {
      const kept = headOption(options.head, 'jishi ledger verify');
      const database = await databaseToRead(options.data);
      try {
        const found = await verifyLedger(database.db, kept ? { kept } : {});
        io.out(options.json ? JSON.stringify(found) : describe(found));
        if (!found.ok) throw new CliExit(1, '');
      } finally {
        await database.close();
      }
    })
    .exitOverride();
  ledger
    .command('export')
    .description('the books as a journal that hledger or beancount reads and checks')
    .requiredOption('--format <program>', JOURNAL_FORMATS.join(' or '))
    .option('--from <day>', 'first day, YYYY-MM-DD; what was before becomes one entry of opening balances')
    .option('--to <day>', 'last day, YYYY-MM-DD')
    .option('--data <folder>', 'data folder of jishi start; default: JISHI_DATABASE_URL')
    .action(async (options: Source & { format: string; from?: string; to?: string }) => {
      const format = oneOf(options.format, JOURNAL_FORMATS, '--format');
      const [from, to] = [dayOption(options.from, '--from'), dayOption(options.to, '--to')];
      if (from !== null && to !== null && from > to) throw new CliExit(2, `--from ${from} is after --to ${to}`);
      const database = await databaseToRead(options.data);
      try {
        const { timeZone } = SITES[database.site];
        const entries = await streamed(io, (write) => writeJournal(database.db, { format, timeZone, from, to }, write));
        io.err(`${entries} entries`);
      } finally {
        await database.close();
      }
    })
    .exitOverride();
}

/** Hands pieces on as they come, no faster than they are read. */
async function streamed<T>(io: CliIo, produce: (write: (text: string) => Promise<void>) => Promise<T>): Promise<T> {
  const pieces = new PassThrough({ encoding: 'utf8' });
  const taken = io.stream(pieces);
  const write = async (text: string) => {
    if (text !== '' && !pieces.write(text)) await Promise.race([once(pieces, 'drain'), taken]);
  };
  try {
    return await produce(write);
  } finally {
    pieces.end();
    await taken;
  }
}

function dayOption(text: string | undefined, option: string): string | null {
  if (text === undefined) return null;
  const day = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text)
    throw new CliExit(2, `${option}: a day expected, such as 2026-01-31, not "${text}"`);
  return text;
}

function describe({ ok, seals, entries, unsealed, head, faults, more }: Verification): string {
  const waiting = unsealed === 0 ? '' : `, ${unsealed} not sealed yet`;
  const lines = [`${entries} entries in ${seals} seals${waiting}`];
  if (ok) lines.push('all as they were sealed; every entry adds up; balances equal their postings');
  else lines.push(...faults.map(({ message }) => `✗ ${message.en}`));
  if (more) lines.push('✗ … and more');
  if (head)
    lines.push(`head ${head.seal}:${head.hash}  (keep it elsewhere; --head checks that the chain still has it)`);
  return lines.join('\n');
}
