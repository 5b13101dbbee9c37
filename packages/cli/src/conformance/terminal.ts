/** The terminal that a report is read on: how wide, in colour or not, in which language. */

export interface Screen {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Screen;
  readonly stderr: Screen;
}

const DEFAULT_COLUMNS = 80;
/** Where output is not a terminal but a file or a log: as wide as reports become. */
const FILE_COLUMNS = 110;

export function columnsOfScreen(screen: Screen): number {
  return screen.isTTY ? screen.columns || DEFAULT_COLUMNS : FILE_COLUMNS;
}

/** NO_COLOR (no-color.org) and a dumb terminal say no; FORCE_COLOR says yes where logs show colours. */
export function hasColour(screen: Screen, env: Terminal['env']): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return env.FORCE_COLOR !== '0';
  return screen.isTTY === true && env.TERM !== 'dumb';
}

/** The environment's language, by the rules of POSIX: LC_ALL over LC_MESSAGES over LANG. */
export function languageOf(env: Terminal['env']): 'zh' | 'en' {
  const locale = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== '');
  return locale !== undefined && /^zh/i.test(locale) ? 'zh' : 'en';
}
