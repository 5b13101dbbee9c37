/** An answer and the transaction that it is of. */
import { type Db, inTransaction, type Tx } from '../platform/database/database.ts';

/** A refusal changed nothing: what was written before it said no is rolled back. */
export async function answeredInTransaction(db: Db, run: (tx: Tx) => Promise<Response>): Promise<Response> {
  try {
    return await inTransaction(db, async (tx) => {
      const response = await run(tx);
      if (!response.ok) throw new Refused(response);
      return response;
    });
  } catch (error) {
    if (error instanceof Refused) return error.response;
    throw error;
  }
}

/** Carries a refusal out of its transaction; never leaves this file. */
class Refused extends Error {
  readonly response: Response;
  constructor(response: Response) {
    super('refused');
    this.response = response;
  }
}
