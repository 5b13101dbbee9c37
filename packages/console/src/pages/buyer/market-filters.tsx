import { CloseOutlined } from '@ant-design/icons';
import type { MarketClassesView, ProductFacetsView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Grid } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { marketClassesQuery } from '../../api/finding.ts';
import { useAccessTypeName } from '../../components/access-type-name.ts';
import { useSearchChange } from '../../components/pager.tsx';
import { countryName } from '../../format/country.ts';
import { useText } from '../../i18n/text.ts';
import { chargingModes, type MarketSearch } from '../../search/finding-params.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { PriceRange } from './market-price.tsx';

type Facet = ProductFacetsView['facets'][number];
type FilterName = Exclude<keyof MarketSearch, 'cursor' | 'limit' | 'sort' | 'q' | 'priceFrom' | 'priceTo'>;

/** The search without the page it stands on: what filters and counts are asked with. */
export function withoutPage({ cursor: _, limit: __, ...search }: MarketSearch): Omit<MarketSearch, 'cursor' | 'limit'> {
  return search;
}

/** The choices of each filter with their counts, as links: a filter is an address. Folded away on a narrow screen. */
export function MarketFilters({ search, facets }: { search: MarketSearch; facets: ProductFacetsView | undefined }) {
  const { t } = useTranslation();
  const wide = Grid.useBreakpoint().md ?? true;
  const classes = useQuery(marketClassesQuery).data;
  const body = (
    <div className="stack">
      {classes !== undefined && <CategoryTree classes={classes} search={search} facets={facets} />}
      <Offers search={search} facets={facets} />
      <PriceRange search={search} />
      {(facets?.facets ?? [])
        .filter(({ facet, choices }) => facet !== 'category' && choices.length > 0)
        .map((each) => (
          <FacetChoices key={each.facet} facet={each} search={search} />
        ))}
    </div>
  );
  return (
    <search className="panel market-filters" aria-label={t('list.filters')}>
      {wide ? (
        body
      ) : (
        <details>
          <summary>{t('list.filters')}</summary>
          {body}
        </details>
      )}
    </search>
  );
}

function CategoryTree({
  classes,
  search,
  facets,
}: {
  classes: MarketClassesView;
  search: MarketSearch;
  facets: ProductFacetsView | undefined;
}) {
  const { t } = useTranslation();
  const text = useText();
  const counts = new Map(
    (facets?.facets.find(({ facet }) => facet === 'category')?.choices ?? []).map(({ value, count }) => [value, count]),
  );
  if (counts.size === 0 && search.category === undefined) return null;
  const open = (id: string): boolean => search.category === id || search.category?.startsWith(`${id}.`) === true;
  return (
    <Group title={t('finding.categories')}>
      {search.category !== undefined && (
        <li>
          <Choice search={search} change={{ category: undefined }}>
            {t('finding.allCategories')}
          </Choice>
        </li>
      )}
      {classes.categories
        .filter(({ categoryId }) => counts.has(categoryId) || open(categoryId))
        .map(({ categoryId, name, children }) => (
          <li key={categoryId}>
            <Choice search={search} change={{ category: categoryId }} chosen={search.category === categoryId}>
              {text(name)} <Count count={counts.get(categoryId) ?? 0} />
            </Choice>
            {open(categoryId) && (
              <ul className="choices choices--inner">
                {children
                  .filter((child) => counts.has(child.categoryId) || search.category === child.categoryId)
                  .map((child) => (
                    <li key={child.categoryId}>
                      <Choice
                        search={search}
                        change={{ category: child.categoryId }}
                        chosen={search.category === child.categoryId}
                      >
                        {text(child.name)} <Count count={counts.get(child.categoryId) ?? 0} />
                      </Choice>
                    </li>
                  ))}
              </ul>
            )}
          </li>
        ))}
    </Group>
  );
}

/** Free of charge, and what can be tried (C33). */
function Offers({ search, facets }: { search: MarketSearch; facets: ProductFacetsView | undefined }) {
  const { t } = useTranslation();
  return (
    <Group title={t('finding.offers')}>
      {(['free', 'trial'] as const).map((name) => (
        <li key={name}>
          <Choice
            search={search}
            change={{ [name]: search[name] === undefined ? 'true' : undefined }}
            chosen={search[name] !== undefined}
          >
            {t(`finding.${name}`)} <Count count={facets?.[name] ?? 0} />
          </Choice>
        </li>
      ))}
    </Group>
  );
}

/** choices shown before somebody asks for all */
const shownAtFirst = 8;

function FacetChoices({ facet: { facet, choices }, search }: { facet: Facet; search: MarketSearch }) {
  const { t } = useTranslation();
  const nameOf = useChoiceName();
  const [all, setAll] = useState(false);
  const shown = all ? choices : choices.slice(0, shownAtFirst);
  return (
    <Group title={t(`finding.${facet === 'category' ? 'categories' : facet}`)}>
      {shown.map(({ value, name, count }) => (
        <li key={value}>
          <Choice
            search={search}
            change={{ [facet]: search[facet] === value ? undefined : value }}
            chosen={search[facet] === value}
          >
            {nameOf(facet, value, name)} <Count count={count} />
          </Choice>
        </li>
      ))}
      {!all && choices.length > shownAtFirst && (
        <li>
          <Button type="link" size="small" onClick={() => setAll(true)}>
            {t('finding.more')}
          </Button>
        </li>
      )}
    </Group>
  );
}

/** Words of the console for what it has words for, the server's for the rest. */
function useChoiceName(): (name: FilterName, value: string, given: { zh: string; en: string } | undefined) => string {
  const { t } = useTranslation();
  const text = useText();
  const typeName = useAccessTypeName();
  const { language } = usePreferences();
  return (name, value, given) => {
    if (name === 'accessType') return typeName(value);
    if (name === 'region') return countryName(value, language);
    const mode = chargingModes.find((one) => one === value);
    if (name === 'chargingMode' && mode !== undefined) return t(`charging.${mode}`);
    if (name === 'free' || name === 'trial') return t(`finding.${name}`);
    return given === undefined ? value : text(given);
  };
}

/** What is chosen, each with a way to take it off. */
export function ChosenFilters({ search, facets }: { search: MarketSearch; facets: ProductFacetsView | undefined }) {
  const { t } = useTranslation();
  const nameOf = useChoiceName();
  const change = useSearchChange();
  const { q: _, sort: __, priceFrom, priceTo, ...chosen } = withoutPage(search);
  const names = Object.keys(chosen).filter((name): name is FilterName & keyof typeof chosen => name in chosen);
  const range = priceFrom === undefined && priceTo === undefined ? null : `${priceFrom ?? '0'} – ${priceTo ?? '∞'}`;
  if (names.length === 0 && range === null) return null;
  const labels = names.map((name) => {
    const value = chosen[name] ?? '';
    const given = facets?.facets
      .find(({ facet }) => facet === name)
      ?.choices.find((choice) => choice.value === value)?.name;
    return { key: name, label: nameOf(name, value, given), off: { [name]: undefined } };
  });
  if (range !== null) labels.push({ key: 'tag', label: range, off: { priceFrom: undefined, priceTo: undefined } });
  return (
    <ul className="chosen" aria-label={t('finding.chosen')}>
      {labels.map(({ key, label, off }) => (
        <li key={`${key} ${label}`}>
          <Button
            size="small"
            onClick={() => change({ ...off, cursor: undefined })}
            aria-label={t('finding.remove', { name: label })}
            icon={<CloseOutlined />}
            iconPlacement="end"
          >
            {label}
          </Button>
        </li>
      ))}
      <li>
        <Link to="/market" search={search.q === undefined ? {} : { q: search.q }} data-testid="clear-filters">
          {t('finding.clear')}
        </Link>
      </li>
    </ul>
  );
}

export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="filter-title">{title}</h2>
      <ul className="choices">{children}</ul>
    </section>
  );
}

function Choice({
  search,
  change,
  chosen,
  children,
}: {
  search: MarketSearch;
  change: Partial<MarketSearch>;
  chosen?: boolean;
  children: ReactNode;
}) {
  return (
    <Link
      to="/market"
      search={{ ...withoutPage(search), ...change }}
      className={chosen === true ? 'choice choice--chosen' : 'choice'}
      aria-current={chosen === true ? 'true' : undefined}
    >
      {children}
    </Link>
  );
}

const Count = ({ count }: { count: number }) => <span className="soft num">{count}</span>;
