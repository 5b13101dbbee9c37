/**
 * Named places between a commit and its effect, where tests stop, delay or crash the program exactly (issue: pause
 * points). In production nothing is attached and a point costs one map look-up.
 */
export const PAUSE_POINTS = [
  'tasks.leased', // a task is leased and committed, nothing has happened yet
  'fulfilment.before-call', // the request is built, not yet sent
  'fulfilment.answered', // the seller has answered, nothing is recorded yet
  'fulfilment.before-commit', // outcome written in the open transaction
  'fulfilment.committed', // outcome committed, nobody was told yet
  'events.before-commit', // a subscriber has run, its transaction is open
  'ordering.before-pay-commit', // money and order written, transaction open
  'ordering.before-refund-commit', // refund, money and UNSUBSCRIBE order written, transaction open
  'files.complete', // an uploaded file lies complete on disk, its row is not written yet
  'settlement.increments', // a bill run knows the month's increment shares, no bill is made yet
  'settlement.bills', // bills are written, not posted yet
  'settlement.released', // bills are posted and released, the period is still open
  'settlement.before-commit', // the period is closed, the transaction open
  'people.before-call', // a synchronisation task is leased, its next call not made yet
  'people.answered', // the seller has answered a kit call, nothing is recorded yet
  'people.before-commit', // what a product knows is written, the transaction open
  'metering.before-commit', // pushed usage is written, the transaction open
  'instances.before-commit', // life-cycle steps, their orders and events written, transaction open
] as const;
export type PausePointName = (typeof PAUSE_POINTS)[number];
export type PauseAction = (subject: string) => Promise<void> | void;

export interface PausePoints {
  reach(name: PausePointName, subject: string): Promise<void>;
  /** Attaches an action; returns the function that detaches it. */
  at(name: PausePointName, action: PauseAction): () => void;
}

export function createPausePoints(): PausePoints {
  const actions = new Map<PausePointName, Set<PauseAction>>();
  return {
    async reach(name, subject) {
      for (const action of actions.get(name) ?? []) await action(subject);
    },
    at(name, action) {
      const attached = actions.get(name) ?? new Set();
      actions.set(name, attached.add(action));
      return () => void attached.delete(action);
    },
  };
}

/**
 * Attaches crashes from `JISHI_PAUSE_POINTS`, e.g. `fulfilment.answered=kill@3` (kill -9 at the third passing) or
 * `fulfilment.before-call=delay:200` (ms each time). Sandbox only; the configuration refuses it in production.
 */
export function attachFromText(points: PausePoints, text: string, kill: () => void): void {
  for (const part of text.split(',').filter(Boolean)) {
    const match = /^([a-z.-]+)=(?:kill@(\d+)|delay:(\d+))$/.exec(part.trim());
    const name = PAUSE_POINTS.find((known) => known === match?.[1]);
    if (!match || !name) throw new RangeError(`JISHI_PAUSE_POINTS: cannot read "${part}"`);
    let passings = 0;
    const delayMs = Number(match[3] ?? 0);
    points.at(name, async () => {
      passings += 1;
      if (match[2] && passings === Number(match[2])) kill();
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    });
  }
}
