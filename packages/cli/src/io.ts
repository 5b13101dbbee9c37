/** What a command may touch of the outside world; the start file brings the real one, tests bring their own. */
export interface CliIo {
  /** The whole standard input. */
  stdin(): Promise<Uint8Array>;
  /** Results: one JSON document with `--json`, else text for people. Writes the text and a line end. */
  out(text: string): void;
  /** A result that may be long, piece by piece, no faster than it is read; no line end is added. */
  stream(pieces: AsyncIterable<string>): Promise<void>;
  /** Progress and prose. Writes the text and a line end. */
  err(text: string): void;
  now(): Date;
  /** Letters and digits (`A–Z a–z 0–9`), unpredictable. */
  randomText(length: number): string;
}

/** How a command ends other than well: 1 = the answer is no, 2 = wrong usage or unreadable input. Thrown, printed by the start file. */
export class CliExit extends Error {
  readonly code: 1 | 2;

  constructor(code: 1 | 2, message: string) {
    super(message);
    this.name = 'CliExit';
    this.code = code;
  }
}
