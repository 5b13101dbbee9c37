import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { assetChoicesQuery } from '../../api/publication.ts';
import { useEditor } from './editor-context.ts';
import { Field } from './field.tsx';
import type { PartProps } from './specification-editor.tsx';

/** The asset that the specification delivers: only checked ones can be sold, an API group only once (L23, section 9). */
export function AssetChoice({ kind, path, index, specification }: PartProps & { kind: string; path: string }) {
  const { t } = useTranslation();
  const { changeSpecification } = useEditor();
  const assets = useQuery(assetChoicesQuery(kind)).data?.items;
  const none = assets !== undefined && assets.length === 0;
  return (
    <Field path={path} label={t('publication.asset')} help={t(none ? 'publication.noAssets' : 'publication.assetHelp')}>
      {(control) => (
        <Select
          {...control}
          value={specification.assetId}
          allowClear
          loading={assets === undefined}
          options={(assets ?? []).map((asset) => ({
            value: asset.assetId,
            disabled: asset.approvedVersion === null || (asset.usedUp && asset.assetId !== specification.assetId),
            label:
              asset.approvedVersion === null
                ? t('publication.assetNotApproved', { name: asset.name })
                : asset.usedUp && asset.assetId !== specification.assetId
                  ? t('publication.assetUsed', { name: asset.name })
                  : `${asset.name} ${asset.approvedVersion}`,
          }))}
          onChange={(assetId) => changeSpecification(index, (one) => ({ ...one, assetId: assetId ?? null }))}
          data-testid={`field-${path}`}
        />
      )}
    </Field>
  );
}
