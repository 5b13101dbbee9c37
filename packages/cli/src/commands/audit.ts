import { type AuditFault, type AuditVerification, verifyAudit } from '@jishi/marketplace';
import type { Command } from 'commander';
import { CliExit, type CliIo } from '../io.ts';
import { databaseToRead } from '../process.ts';
import { headOption } from '../protocol-commands/input.ts';

/** `jishi audit verify`: whether the audit log is as it was sealed. */
export function registerAudit(program: Command, io: CliIo): void {
  const audit = program.command('audit').description('who did what: the audit log').exitOverride();
  audit
    .command('verify')
    .description('check the chain of seals and every row of the audit log')
    .option('--data <folder>', 'data folder of jishi start; default: JISHI_DATABASE_URL')
    .option('--head <seal:hash>', 'a head that an earlier run printed: the chain must still run through it')
    .option('--json', 'print one JSON document')
    .action(async (options: { data?: string; head?: string; json?: boolean }) => {
      const kept = headOption(options.head, 'jishi audit verify');
      const database = await databaseToRead(options.data);
      try {
        const found = await verifyAudit(database.db, kept);
        io.out(options.json ? JSON.stringify(found) : describe(found));
        if (!found.ok) throw new CliExit(1, '');
      } finally {
        await database.close();
      }
    })
    .exitOverride();
}

const WORDS: Readonly<Record<AuditFault['kind'], (fault: AuditFault) => string>> = {
  altered: ({ row, seal }) => `row ${row} is not what was sealed (seal ${seal})`,
  removed: ({ row, seal }) => `row ${row} is gone (seal ${seal})`,
  inserted: ({ row }) => `row ${row} was put in after its time was sealed`,
  seal: ({ seal }) => `seal ${seal} does not fit the chain`,
  'other-chain': ({ seal }) => `the chain does not run through the seal ${seal} that was kept`,
};

function describe({ ok, seals, rows, unsealed, head, faults, more }: AuditVerification): string {
  const waiting = unsealed === 0 ? '' : `, ${unsealed} not sealed yet`;
  const lines = [`${rows} rows in ${seals} seals${waiting}`];
  if (ok) lines.push('all as they were sealed');
  else lines.push(...faults.map((fault) => `✗ ${WORDS[fault.kind](fault)}`));
  if (more) lines.push('✗ … and more');
  if (head)
    lines.push(`head ${head.seal}:${head.hash}  (keep it elsewhere; --head checks that the chain still has it)`);
  return lines.join('\n');
}
