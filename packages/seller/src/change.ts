/** Calls whose answer is the envelope alone: what a handler's outcome means, and changes that happen once. */
import { type Answer, refused, success } from './answer.ts';
import { type OnceTools, once } from './once.ts';
import { isRefusal, type Refusal, refuse } from './refuse.ts';

export const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts);

/** Success is remembered for ever; a repeat is answered without the handler. */
export async function applyOnce(tools: OnceTools, key: string, work: () => Promise<unknown>): Promise<Answer> {
  const outcome = await once<Refusal>(tools, key, '', async () => {
    const refusal = refusalIn(await work());
    return refusal ? { no: refusal } : { result: 'done' };
  });
  if (outcome.state === 'busy')
    return refused(refuse('000005', 'An earlier request for the same change is still at work'));
  return outcome.state === 'refused' ? refused(outcome.no) : success();
}

export function answerOf(outcome: unknown): Answer {
  const refusal = refusalIn(outcome);
  return refusal ? refused(refusal) : success();
}

/** Anything else than nothing or a refusal is a mistake, such as `return false`, and must not pass for a success. */
function refusalIn(outcome: unknown): Refusal | undefined {
  if (outcome === undefined || isRefusal(outcome)) return outcome;
  throw new TypeError('This handler must return nothing for a success, or refuse(code, message).');
}
