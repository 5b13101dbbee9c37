import type { Problem } from '@jishi/marketplace/console-api';

/** A refusal on its way to becoming problem details. */
export class Refusal extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

/** Ends the request with a problem. */
export function refuse(status: number, code: string, title: string, facts?: Record<string, string>): never {
  throw new Refusal({
    type: `https://jishi.example/problems/${code}`,
    title,
    status,
    code,
    requestId: `req-${code.toLowerCase()}-0001`,
    ...(facts === undefined ? {} : { facts }),
  });
}
