import { addOperator, ROLES, type Role } from '@jishi/marketplace';
import { type Command, Option } from 'commander';
import { CliExit, type CliIo } from '../io.ts';
import { configuration, externalDatabase, platformOn } from '../process.ts';

const OPERATOR_ROLES = ROLES.filter((role) => role.startsWith('O'));
const LOGIN_NAME = /^[A-Za-z0-9][A-Za-z0-9._@-]{2,63}$/;

/** `jishi operator add`: the first person of a new marketplace, who lets everybody else in from the console. */
export function registerOperator(program: Command, io: CliIo): void {
  program
    .command('operator')
    .description('the marketplace’s own people')
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
    });
}
