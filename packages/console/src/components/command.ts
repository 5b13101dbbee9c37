import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { problemOf } from '../api/problem.ts';
import { useProblemText } from './problem-text.ts';

interface CommandOptions<V, R> {
  readonly run: (values: V) => Promise<R>;
  /** what is read again afterwards, whether it succeeded or not */
  readonly refresh: readonly string[];
  readonly done?: string;
  readonly onDone?: (result: R, values: V) => void;
  /** true = this failure is dealt with, no message */
  readonly onFailed?: (error: unknown, values: V) => boolean;
}

/** A command of the API behind a button: its success and its failure as a message, what it changed read again. */
export function useCommand<V, R>({ run, refresh, done, onDone, onFailed }: CommandOptions<V, R>) {
  const queryClient = useQueryClient();
  const { message } = App.useApp();
  const problemText = useProblemText();
  return useMutation({
    mutationFn: run,
    onSuccess: (result, values) => {
      if (done !== undefined) void message.success(done);
      onDone?.(result, values);
    },
    onError: (error, values) => {
      if (onFailed?.(error, values) === true) return;
      const { title, detail } = problemText(problemOf(error));
      void message.error(detail === '' ? title : `${title} – ${detail}`);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: [...refresh] }),
  });
}
