import type { SearchHitView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { searchQuery, sessionQuery } from '../api/queries.ts';
import { Empty, Loaded } from '../components/feedback.tsx';
import {
  type Base,
  CallLink,
  callRoute,
  OrderLink,
  orderRoute,
  ServiceLink,
  serviceRoute,
} from '../components/links.tsx';
import { Page } from '../components/page.tsx';
import { useText } from '../i18n/text.ts';
import type { Area } from '../shell/areas.ts';

const route = getRouteApi('/search');

/** What was pasted into the header's search: one hit is opened at once, several are listed. */
export function SearchPage() {
  const { t } = useTranslation();
  const { q = '' } = route.useSearch();
  const base = baseOfArea(useQuery(sessionQuery).data?.area);
  const result = useQuery(searchQuery(q));
  return (
    <Page title={q === '' ? t('search.title') : t('search.for', { q })}>
      {q === '' ? (
        <Empty sentence={t('search.help')} />
      ) : (
        <Loaded query={result}>
          {({ items }) => {
            const [first, ...rest] = items;
            if (first === undefined) return <Empty sentence={t('search.none', { q })} />;
            return rest.length === 0 ? <Open hit={first} base={base} /> : <Hits hits={items} base={base} />;
          }}
        </Loaded>
      )}
    </Page>
  );
}

function Hits({ hits, base }: { hits: readonly SearchHitView[]; base: Base }) {
  const { t } = useTranslation();
  return (
    <ul className="panel stack stack--tight" style={{ listStyle: 'none', margin: 0 }}>
      {hits.map((hit) => (
        <li key={`${hit.kind} ${hit.id}`} className="row" data-testid="search-hit">
          <span className="chip">{t(`search.kind.${hit.kind}`)}</span>
          <HitLink hit={hit} base={base} />
          <span className="mono soft">{hit.id}</span>
        </li>
      ))}
    </ul>
  );
}

function HitLink({ hit, base }: { hit: SearchHitView; base: Base }) {
  const text = useText();
  const title = text(hit.title) || hit.id;
  switch (hit.kind) {
    case 'order':
      return (
        <OrderLink id={hit.id} base={base}>
          {title}
        </OrderLink>
      );
    case 'instance':
      return (
        <ServiceLink id={hit.id} base={base}>
          {title}
        </ServiceLink>
      );
    case 'call':
      return (
        <CallLink id={hit.id} base={base}>
          {title}
        </CallLink>
      );
    case 'product':
      return (
        <Link to="/products/$goodsId" params={{ goodsId: hit.id }}>
          {title}
        </Link>
      );
  }
}

function Open({ hit, base }: { hit: SearchHitView; base: Base }) {
  switch (hit.kind) {
    case 'order':
      return <Navigate to={orderRoute[base]} params={{ orderId: hit.id }} replace />;
    case 'instance':
      return <Navigate to={serviceRoute[base]} params={{ resourceId: hit.id }} replace />;
    case 'call':
      return base === 'buyer' ? (
        <HitLink hit={hit} base={base} />
      ) : (
        <Navigate to={callRoute[base]} params={{ callId: hit.id }} replace />
      );
    case 'product':
      return <Navigate to="/products/$goodsId" params={{ goodsId: hit.id }} replace />;
  }
}

function baseOfArea(area: Area | undefined): Base {
  return area === 'seller' || area === 'operator' ? area : 'buyer';
}
