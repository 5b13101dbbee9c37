import { readFile, writeFile } from 'node:fs/promises';
import {
  type ExchangeSummary,
  parseScenario,
  runScenario,
  type ScenarioFile,
  type ScenarioResult,
  sandboxState,
  scenarioResult,
  scenarioStepResult,
} from '@jishi/marketplace';
import type { Command } from 'commander';
import { z } from 'zod';
import { CliExit, type CliIo } from '../io.ts';
import { instantOption } from '../protocol-commands/input.ts';
import { connect, type SandboxOptions, withSandbox } from '../sandbox/connect.ts';
import { clockLine, stepLine } from '../sandbox/lines.ts';
import { bootSandbox, type RunningSandbox } from '../start/boot.ts';
import { type GivenSeller, sellerOptions, withSeller } from '../start/seller-options.ts';
import { portOption } from '../terminal.ts';

interface RunOptions extends SandboxOptions, GivenSeller {
  running?: boolean;
  port: string;
  har?: string;
  json?: boolean;
}

/** `jishi sandbox run | record | reset | har` (design.md 5). */
export function registerSandbox(program: Command, io: CliIo): void {
  const sandbox = program.command('sandbox').description('scenario files, reset and recordings of a sandbox');
  withSandbox(withSeller(sandbox.command('run')))
    .description('play a scenario file in a sandbox of its own, or with --running in the one that runs')
    .argument('<file>', 'the scenario (YAML)')
    .option('--running', 'in the running sandbox, which is reset first')
    .option('--port <number>', 'port of the sandbox of its own: the same port makes the same bytes', '8790')
    .option('--har <file>', 'write all exchanges as HAR 1.2')
    .option('--json', 'print one JSON document')
    .action(async (file: string, options: RunOptions) => {
      const scenario = await readScenario(file);
      const { result, exchanges } = options.running
        ? await inRunning(io, scenario.text, options)
        : await inOwn(io, scenario.file, options);
      if (options.json) io.out(JSON.stringify({ name: scenario.file.name, ...result, exchanges }));
      else
        io.out(
          `${result.ok ? '✓' : '✗'} ${scenario.file.name}: ${result.steps.length} of ${scenario.file.steps.length} steps, ${exchanges} exchanges`,
        );
      if (!result.ok) throw new CliExit(1, options.json ? '' : 'the scenario failed');
    });
  withSandbox(sandbox.command('record'))
    .description('what was done in the running sandbox since its last reset, as a scenario file')
    .argument('[file]', 'where to; none: stdout')
    .action(async (file: string | undefined, options: SandboxOptions) => {
      const { text } = await connect(options).get('/scenario', z.object({ text: z.string() }));
      if (file === undefined) io.out(text.trimEnd());
      else await written(file, text);
    });
  withSandbox(sandbox.command('reset'))
    .description('clean state: orders, services, calls, messages, money are gone; accounts, product and keys stay')
    .option('--start <instant>', 'where the clock begins, ISO 8601; default: the machine’s time')
    .action(async (options: SandboxOptions & { start?: string }) => {
      const start = options.start === undefined ? null : instantOption(options.start, '--start', io).toISOString();
      io.out(clockLine(await connect(options).send('POST', '/reset', { start }, sandboxState)));
    });
  withSandbox(sandbox.command('har'))
    .description('all exchanges of the running sandbox as HAR 1.2')
    .argument('<file>', 'where to')
    .action(async (file: string, options: SandboxOptions) =>
      written(file, await connect(options).text('/exchanges.har')),
    );
  for (const command of sandbox.commands) command.exitOverride();
}

interface Run {
  readonly result: ScenarioResult;
  readonly exchanges: number;
}

async function inRunning(io: CliIo, text: string, options: RunOptions): Promise<Run> {
  const sandbox = connect(options);
  const ending = new AbortController();
  const progress = sandbox
    .listen(ending.signal, (event, data) => {
      if (event === 'step') io.err(stepLine(scenarioStepResult.parse(data)));
    })
    .catch(() => undefined);
  try {
    const result = await sandbox.send('POST', '/scenario', { text }, scenarioResult);
    if (options.har !== undefined) await written(options.har, await sandbox.text('/exchanges.har'));
    return { result, exchanges: counted(result) };
  } finally {
    ending.abort();
    await progress;
  }
}

async function inOwn(io: CliIo, scenario: ScenarioFile, options: RunOptions): Promise<Run> {
  const running = await bootSandbox({
    port: portOption(options.port),
    folder: null,
    ...sellerOptions(options),
    start: new Date(scenario.start),
    playing: false,
    ...(scenario.seed === undefined ? {} : { seed: scenario.seed }),
  });
  try {
    const result = await runScenario(running.sandbox, scenario, (step) => io.err(stepLine(step)));
    if (options.har !== undefined) await written(options.har, await harOf(running));
    return { result, exchanges: counted(result) };
  } finally {
    await running.stop();
  }
}

async function harOf({ sandbox }: RunningSandbox): Promise<string> {
  let text = '';
  for await (const part of sandbox.har('jishi')) text += part;
  return text;
}

const counted = ({ steps }: ScenarioResult): number =>
  new Set<ExchangeSummary['exchangeId']>(steps.flatMap(({ exchanges }) => exchanges)).size;

async function readScenario(path: string): Promise<{ text: string; file: ScenarioFile }> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new CliExit(2, `${path}: ${error instanceof Error ? error.message : 'cannot be read'}`);
  });
  const read = parseScenario(text);
  if (read.ok) return { text, file: read.scenario };
  throw new CliExit(
    2,
    read.mistakes
      .map(({ line, member, message }) => `${path}:${line}: ${member === '' ? '' : `${member}: `}${message}`)
      .join('\n'),
  );
}

async function written(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((error: unknown) => {
    throw new CliExit(2, `${path}: ${error instanceof Error ? error.message : 'cannot be written'}`);
  });
}
