import { Alert, Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/problem.ts';
import { CopyButton } from './copy.tsx';
import { Page } from './page.tsx';
import { useProblemText } from './problem-text.ts';

/** What failed in words, the request id to quote, and Try again. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const problem = problemOf(error);
  const text = useProblemText()(problem);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      data-testid="problem"
      data-code={problem.code}
      title={text.title}
      description={
        <div className="stack stack--tight">
          {text.detail !== '' && <span>{text.detail}</span>}
          {problem.errors?.map((fault) => (
            <span key={`${fault.member} ${fault.rule}`}>
              <span className="mono">{fault.member}</span>: {fault.message}
            </span>
          ))}
          {problem.requestId !== undefined && (
            <span className="row soft">
              {t('common.requestId')} <span className="mono">{problem.requestId}</span>
              <CopyButton text={problem.requestId} name={t('common.requestId')} />
            </span>
          )}
          {onRetry !== undefined && (
            <div>
              <Button onClick={onRetry} data-testid="retry">
                {t('common.tryAgain')}
              </Button>
            </div>
          )}
        </div>
      }
    />
  );
}

/** An empty page teaches: one sentence and the next useful action. */
export function Empty({ sentence, children }: { sentence: string; children?: ReactNode }) {
  return (
    <div className="panel empty" data-testid="empty">
      <p>{sentence}</p>
      {children}
    </div>
  );
}

interface Loadable<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

interface LoadedProps<T> {
  readonly query: Loadable<T>;
  /** the page's name while there is nothing to take it from; for pages that are named after what they show */
  readonly title?: string;
  readonly children: (data: T) => ReactNode;
}

/**
 * Skeleton, failure or content of one read. A failed refresh leaves the old content in place under the failure, so that
 * nothing jumps away from a reader.
 */
export function Loaded<T>({ query, title, children }: LoadedProps<T>) {
  const failure = query.error != null && <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) {
    const body = failure || <Loading />;
    return title === undefined ? body : <Page title={title}>{body}</Page>;
  }
  return (
    <>
      {failure}
      {children(query.data)}
    </>
  );
}

function Loading() {
  const { t } = useTranslation();
  return (
    <div aria-busy="true" role="status" aria-label={t('common.loading')}>
      <Skeleton active paragraph={{ rows: 6 }} />
    </div>
  );
}
