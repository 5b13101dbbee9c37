/** Progress goes to stderr, so that stdout holds the result and nothing else. */
export const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Looks again and again until `look` gives something. @throws after `timeoutMs`, naming what was waited for */
export async function until<T>(
  what: string,
  look: () => Promise<T | null> | T | null,
  timeoutMs: number,
  everyMs = 20,
): Promise<T> {
  for (const startedMs = performance.now(); performance.now() - startedMs < timeoutMs; ) {
    const found = await look();
    if (found !== null) return found;
    await pause(everyMs);
  }
  throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
}

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
