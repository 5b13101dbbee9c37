import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Alert, Button, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { publicationFormQuery, startDraft } from '../../api/publication.ts';
import type { DraftContent, PublicationFormView } from '../../api/publication-types.ts';
import { accessTypes } from '../../components/access-types.ts';
import { useCommand } from '../../components/command.ts';
import { Failure, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';

type AccessType = DraftContent['accessType'];
type Variant = NonNullable<DraftContent['licenseVariant']>;

const variants = ['OFFLINE', 'IDENTIFICATION', 'CODE', 'PROVISIONED', 'PACKAGE'] as const satisfies readonly Variant[];

/** What is to be sold, before anything else: the access type decides which fields there are. It is final. */
export function NewProductPage() {
  const { t } = useTranslation();
  const form = useQuery(publicationFormQuery);
  return (
    <Page title={t('publication.newProduct')} tools={<Link to="/seller/products">{t('nav.products')}</Link>}>
      <Loaded query={form}>{(found) => <TypeChoice form={found} />}</Loaded>
    </Page>
  );
}

function TypeChoice({ form }: { form: PublicationFormView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [type, setType] = useState<AccessType>();
  const [variant, setVariant] = useState<Variant>('CODE');
  const sold = (one: AccessType): boolean => form.accessTypes.some(({ accessType }) => accessType === one);
  const begin = useCommand({
    run: (accessType: AccessType) =>
      startDraft({ accessType, licenseVariant: accessType === 'LICENSE' ? variant : null }),
    refresh: ['own-products'],
    onDone: ({ goodsId }) => void navigate({ to: '/seller/products/edit/$goodsId', params: { goodsId }, search: {} }),
    onFailed: () => true,
  });
  return (
    <>
      <p className="soft">{t('publication.chooseType')}</p>
      <Radio.Group
        className="type-cards"
        value={type ?? null}
        onChange={(event) => setType(accessTypes.find((one) => one === event.target.value))}
        aria-label={t('publication.accessType')}
      >
        {accessTypes.map((one) => (
          <Radio key={one} value={one} disabled={!sold(one)} className="panel type-card" data-testid={`type-${one}`}>
            <strong>{t(`publication.types.${one}.name`)}</strong>
            <span className="soft type-help">{t(`publication.types.${one}.help`)}</span>
            {!sold(one) && (
              <span className="type-help type-why">{t('publication.notOnSite', { site: form.site })}</span>
            )}
          </Radio>
        ))}
      </Radio.Group>
      {type === 'LICENSE' && (
        <section className="panel stack stack--tight" aria-label={t('publication.variant')}>
          <h2>{t('publication.variant')}</h2>
          <Radio.Group
            className="variant-list"
            value={variant}
            onChange={(event) => setVariant(variants.find((one) => one === event.target.value) ?? variant)}
            aria-label={t('publication.variant')}
          >
            {variants.map((one) => (
              <Radio key={one} value={one} data-testid={`variant-${one}`}>
                <strong>{t(`publication.variants.${one}.name`)}</strong>
                <span className="soft type-help">{t(`publication.variants.${one}.help`)}</span>
              </Radio>
            ))}
          </Radio.Group>
        </section>
      )}
      {type !== undefined && <Alert type="info" showIcon title={t('publication.typeFinal')} />}
      <div className="row">
        <Button
          type="primary"
          disabled={type === undefined}
          loading={begin.isPending}
          onClick={() => type !== undefined && begin.mutate(type)}
          aria-describedby="why-not-begin"
          data-testid="begin-draft"
        >
          {t('publication.begin')}
        </Button>
        <span id="why-not-begin" className="soft">
          {type === undefined ? t('publication.chooseFirst') : ''}
        </span>
      </div>
      {begin.error != null && <Failure error={begin.error} />}
    </>
  );
}
