import { useNavigate } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { pageSizes } from '../search/params.ts';

const defaultPageSize = 20;

interface PagerProps {
  readonly cursor: string | undefined;
  readonly limit: number | undefined;
  readonly nextCursor: string | null;
}

/** Pages of a list by cursor. Each page is an address of its own, so that *back* is the previous page. */
export function Pager({ cursor, limit, nextCursor }: PagerProps) {
  const { t } = useTranslation();
  const go = useSearchChange();
  if (cursor === undefined && nextCursor === null && limit === undefined) return null;
  return (
    <nav className="pager" aria-label={t('list.pages')}>
      <Select
        value={limit ?? defaultPageSize}
        aria-label={t('list.pageSize')}
        options={pageSizes.map((size) => ({ value: size, label: t('list.perPage', { size }) }))}
        onChange={(size) => go({ limit: size, cursor: undefined })}
      />
      <Button disabled={cursor === undefined} onClick={() => go({ cursor: undefined })}>
        {t('list.first')}
      </Button>
      <Button
        disabled={nextCursor === null}
        onClick={() => go({ cursor: nextCursor ?? undefined })}
        data-testid="next-page"
      >
        {t('list.next')}
      </Button>
    </nav>
  );
}

/** Changes some search parameters of the page that is open; undefined takes one away. */
export function useSearchChange(): (change: Readonly<Record<string, string | number | undefined>>) => void {
  const navigate = useNavigate();
  return (change) => void navigate({ to: '.', search: (previous) => ({ ...previous, ...change }) });
}
