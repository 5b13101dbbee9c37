import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** A page: its name as the one h1 and as the browser's title, actions at the right. */
export function Page({ title, tools, children }: { title: string; tools?: ReactNode; children: ReactNode }) {
  usePageTitle(title);
  return (
    <div className="page stack">
      <div className="page-head">
        <h1>{title}</h1>
        {tools}
      </div>
      {children}
    </div>
  );
}

/** Puts the page's name into the browser's title; the product's name follows. */
export function usePageTitle(title: string): void {
  const { t } = useTranslation();
  const product = t('shell.product');
  useEffect(() => {
    document.title = title === '' ? product : `${title} · ${product}`;
  }, [title, product]);
}

/** A named block of a page. */
export function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="panel" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
