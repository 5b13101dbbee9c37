import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { versionDifferenceQuery } from '../../api/publication.ts';
import type { ProductBehindView } from '../../api/publication-types.ts';
import { Loaded } from '../../components/feedback.tsx';
import { useSearchChange } from '../../components/pager.tsx';
import { formatInstant } from '../../format/time.ts';
import { parseBehindSearch } from '../../search/publication-params.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { DifferenceView } from './difference-view.tsx';

/** Every approved version is a fact (C41); any two are compared. */
export function Versions({ product }: { product: ProductBehindView }) {
  const { t } = useTranslation();
  const id = useId();
  const { language } = usePreferences();
  const change = useSearchChange();
  const search = parseBehindSearch(useSearch({ strict: false }));
  const newest = [...product.versions].sort((left, right) => right.version - left.version);
  const to = search.to ?? newest[0]?.version;
  const from = search.from ?? newest[1]?.version;
  if (newest.length === 0) return <p className="soft">{t('publication.neverApproved')}</p>;
  const options = newest.map(({ version, approvedAt, approvedBy }) => ({
    value: version,
    label: t('publication.versionOf', {
      version,
      time: formatInstant(approvedAt, language),
      name: approvedBy ?? '—',
    }),
  }));
  return (
    <div className="stack">
      <div className="editor-two">
        <div className="editor-field">
          <label htmlFor={`${id}-from`}>{t('publication.older')}</label>
          <Select
            id={`${id}-from`}
            style={{ width: '100%' }}
            value={from ?? null}
            placeholder="—"
            options={options.filter(({ value }) => to === undefined || value < to)}
            onChange={(version) => change({ from: version ?? undefined })}
            data-testid="version-from"
          />
        </div>
        <div className="editor-field">
          <label htmlFor={`${id}-to`}>{t('publication.newer')}</label>
          <Select
            id={`${id}-to`}
            style={{ width: '100%' }}
            value={to ?? null}
            options={options}
            onChange={(version) => change({ to: version ?? undefined, from: undefined })}
            data-testid="version-to"
          />
        </div>
      </div>
      {from === undefined || to === undefined || from >= to ? (
        <p className="soft">{t('publication.oneVersion')}</p>
      ) : (
        <TwoVersions goodsId={product.goodsId} from={from} to={to} />
      )}
    </div>
  );
}

function TwoVersions({ goodsId, from, to }: { goodsId: string; from: number; to: number }) {
  const { t } = useTranslation();
  const differences = useQuery(versionDifferenceQuery(goodsId, from, to));
  return (
    <Loaded query={differences}>
      {({ items }) => (
        <DifferenceView
          differences={items}
          before={t('publication.versionShort', { version: from })}
          after={t('publication.versionShort', { version: to })}
        />
      )}
    </Loaded>
  );
}
