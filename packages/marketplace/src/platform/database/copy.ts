/**
 * Rows into a table by COPY: they go out behind the statement, in the same packet, and nothing is waited for. The protocol allows
 * it: a server that refuses the statement ignores the rows that follow it.
 */
import pg from 'pg';

/** `COPY … FROM STDIN (FORMAT binary)` and its rows in that format. */
export interface CopyIn {
  readonly text: string;
  readonly rows: Uint8Array;
}

export function copyIn(client: pg.PoolClient, { text, rows }: CopyIn): Promise<void> {
  return new Promise((done, fail) => {
    client.query(new CopyInQuery(text, rows, (error) => (error ? fail(error) : done())));
  });
}

/** What the driver takes for a statement; it refuses other classes where statements travel together, since most wait for the server. */
class CopyInQuery extends pg.Query {
  constructor(text: string, rows: Uint8Array, ended: (error: Error | undefined) => void) {
    super({ text }, ended);
    this.submit = ({ stream }: pg.Connection) => {
      stream.cork();
      stream.write(message('Q', Buffer.from(`${text}\0`)));
      stream.write(message('d', rows.length));
      stream.write(rows);
      stream.write(message('c', 0));
      stream.uncork();
    };
  }

  /** The rows are on their way already. */
  handleCopyInResponse(): void {}
}

/** @param content or how many bytes of it follow */
function message(type: 'Q' | 'd' | 'c', content: Buffer | number): Buffer {
  const [own, length] = typeof content === 'number' ? [Buffer.alloc(0), content] : [content, content.length];
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(4 + length, 1);
  return Buffer.concat([head, own]);
}
