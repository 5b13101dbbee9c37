import { addOperator, ROLES, type Role, resetSecondFactor } from '@jishi/marketplace';
import { type Command, Option } from 'commander';
import { CliExit, type CliIo } from '../io.ts';
import { configuration, externalDatabase, platformOn } from '../process.ts';

const OPERATOR_ROLES = ROLES.filter((role) => role.startsWith('O'));
const LOGIN_NAME = /^[A-Za-z0-9][A-Za-z0-9._@-]{2,63}$/;

/**
 * `jishi operator add`: the first person of a new marketplace, who lets everybody else in from the console.
 * `jishi operator reset-second-factor`: the way back in for whoever lost the telephone and the recovery codes.
 */
export function registerOperator(program: Command, io: CliIo): void {
  const operator = program.command('operator').description('the marketplace’s own people').exitOverride();
  registerAdd(operator, io);
  registerReset(operator, io);
}

function registerAdd(operator: Command, io: CliIo): void {
  operator
    .command('add')
    .argument('<login>', 'login name, unique in the marketplace')
    .description(
      'make an account on JISHI_DATABASE_URL and print its initial password, which is changed at the first sign-in',
    )
    .requiredOption('--name <name>', 'name of the person')
    .addOption(
      new Option('--role <role>', 'OS keeps people and roles, OM runs the marketplace')
        .choices(OPERATOR_ROLES)
        .default('OS'),
    )
    .option('--json', 'print one JSON document')
    .action(async (login: string, options: { name: string; role: Role; json?: boolean }) => {
      if (!LOGIN_NAME.test(login))
        throw new CliExit(2, `<login>: ${login}: 3 to 64 letters, digits or . _ @ -, beginning with a letter or digit`);
      const config = configuration('production');
      const database = await externalDatabase(config);
      try {
        const platform = platformOn(config, database);
        const account = { loginName: login, displayName: options.name, role: options.role };
        const made = await addOperator(platform, account, platform.clock.now());
        if (!made.ok) throw new CliExit(1, `${login}: ${made.refusal.message}`);
        const { password } = made.value;
        io.out(
          options.json
            ? JSON.stringify({ loginName: login, role: options.role, password })
            : `${login} (${options.role}) may sign in with the initial password\n\n  ${password}\n\nIt is shown this once and has to be changed at the first sign-in.`,
        );
      } finally {
        await database.close();
      }
    })
    .exitOverride();
}

function registerReset(operator: Command, io: CliIo): void {
  operator
    .command('reset-second-factor')
    .argument('<login>', 'login name of any account, of a seller or buyer too')
    .description('let an account on JISHI_DATABASE_URL sign in by its password alone again; its sessions end')
    .option('--json', 'print one JSON document')
    .action(async (login: string, options: { json?: boolean }) => {
      const config = configuration('production');
      const database = await externalDatabase(config);
      try {
        const platform = platformOn(config, database);
        const reset = await resetSecondFactor(platform, login, platform.clock.now());
        if (!reset.ok) throw new CliExit(1, `${login}: ${reset.refusal.message}`);
        io.out(
          options.json
            ? JSON.stringify({ loginName: login, secondFactor: false })
            : `${login} signs in by the password alone from now on. Have a new second factor set up at once: Account → Security.`,
        );
      } finally {
        await database.close();
      }
    })
    .exitOverride();
}
