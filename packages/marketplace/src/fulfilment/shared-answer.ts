/** One question of a kind at a time in this process: who asks the same meanwhile waits for the same answer. */
export function sharedAnswers<T>(): (key: string, ask: () => Promise<T>) => Promise<T> {
  const asking = new Map<string, Promise<T>>();
  return (key, ask) => {
    const running = asking.get(key);
    if (running) return running;
    const answer = ask().finally(() => asking.delete(key));
    asking.set(key, answer);
    return answer;
  };
}
