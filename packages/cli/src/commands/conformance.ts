import { writeFile } from 'node:fs/promises';
import {
  type ConformanceReport,
  casesOf,
  checkSeller,
  type Language,
  listText,
  PROTOCOLS,
  renderText,
  toHtml,
  toJson,
  toJunit,
} from '@jishi/conformance';
import type { Command } from 'commander';
import {
  checkOptions,
  type GivenOptions,
  KEY_VARIABLE,
  languageOption,
  protocolOption,
} from '../conformance/options.ts';
import { progressOn } from '../conformance/progress.ts';
import { columnsOfScreen, hasColour, type Terminal } from '../conformance/terminal.ts';
import { CliExit, type CliIo } from '../io.ts';

const EXAMPLES = `
What a run does:
  Each case makes a few signed calls to your server and judges the answers. Calls that could change data carry the
  protocol's test mark (testFlag); only --live-cycle plays the whole life of a throw-away order without it.
  Each finding has a code; docs/diagnosis/CODE.md explains it with examples.
  Exit code: 0 = no case failed (warnings alone are well), 1 = a case failed, 2 = wrong usage.

Examples:
  export ${KEY_VARIABLE}=…                      # the key need not stand on the command line
  jishi conformance http://localhost:8081/produce --protocol saas-v2
  jishi conformance http://localhost:8081/produce --protocol saas-v2 --case newInstance.repeat --json
  jishi conformance https://saas.example.com --protocol kit --public-key seller.pem --html report.html
  jishi conformance --protocol license --list
`;

/** `jishi conformance URL`: checks a seller's server and explains what is wrong (contracts/cli.md). */
export function registerConformance(program: Command, io: CliIo, terminal: Terminal): void {
  program
    .command('conformance')
    .description('check a seller’s server against a protocol and explain what is wrong')
    .argument('[url]', 'production address of the server; kit: without a path')
    .option('--protocol <name>', PROTOCOLS.join(', '))
    .option('--access-key <key>', `key that the server checks signatures with; default $${KEY_VARIABLE}`)
    .option('--json', 'print one JSON document, with every exchange')
    .option('--case <name>', 'only this case and what it builds on, repeatable', collect)
    .option('--list', 'list the cases of the protocol and end')
    .option('--html <file>', 'also write a report to send to a colleague: one file, both languages')
    .option('--junit <file>', 'also write JUnit XML for continuous integration')
    .option('--insecure', 'accept any certificate, e.g. a self-signed one')
    .option('--lenient', 'only warn where the demand is a reading that no page of the specification establishes')
    .option('--public-key <file>', 'kit: your RSA public key, PEM or base64, for the client secret')
    .option('--live-cycle', 'also play create, refresh, freeze, upgrade and release without the test mark')
    .option('--timeout <seconds>', 'limit for one call; default 20, the marketplace’s own')
    .option('--lang <language>', 'zh or en; default by LC_ALL, LC_MESSAGES, LANG')
    .addHelpText('after', EXAMPLES)
    .action(async (url: string | undefined, given: GivenOptions) => {
      const language = languageOption(given, terminal.env);
      if (given.list) {
        list(given, language, io, terminal);
        return;
      }
      const options = await checkOptions(url, given, terminal.env);
      const progress = progressOn(terminal, language);
      let report: ConformanceReport;
      try {
        report = await checkSeller({ ...options, onProgress: progress.tell });
      } finally {
        progress.end();
      }
      if (given.json) io.out(JSON.stringify(toJson(report)));
      else io.out(renderText(report, { language, ...screenOf(terminal) }));
      if (given.html !== undefined) await write(given.html, toHtml(report, { language }), io);
      if (given.junit !== undefined) await write(given.junit, toJunit(report, language), io);
      if (report.failed > 0) throw new CliExit(1, '');
    });
}

function list(given: GivenOptions, language: Language, io: CliIo, terminal: Terminal): void {
  const protocol = protocolOption(given);
  const cases = casesOf(protocol).map(({ name, title, reference, live = false, reading = false, after = [] }) => {
    return { name, title: title.en, titles: title, reference, live, reading, after };
  });
  if (given.json) io.out(JSON.stringify({ protocol, cases }));
  else io.out(listText(casesOf(protocol), { language, ...screenOf(terminal) }));
}

function screenOf({ stdout, env }: Terminal): { width: number; color: boolean } {
  return { width: columnsOfScreen(stdout), color: hasColour(stdout, env) };
}

async function write(file: string, text: string, io: CliIo): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new CliExit(2, `${file}: ${error instanceof Error ? error.message : 'cannot be written'}`);
  }
  io.err(`→ ${file}`);
}

function collect(name: string, names: readonly string[] = []): readonly string[] {
  return [...names, name];
}
