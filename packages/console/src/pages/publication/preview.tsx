import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileUrl } from '../../api/files.ts';
import type { DraftContent } from '../../api/publication-types.ts';
import { sessionQuery } from '../../api/queries.ts';
import { Panel } from '../../components/page.tsx';
import { Support } from '../../components/support.tsx';
import { useText } from '../../i18n/text.ts';
import { Chooser } from '../buyer/chooser.tsx';
import { PriceTable } from '../buyer/price-table.tsx';
import { chooseOffer } from '../buyer/selection.ts';
import { previewProduct } from './preview-product.ts';

/** The product page as buyers will see it, from what stands in the form now. */
export const Preview = memo(function Preview({ goodsId, content }: { goodsId: string; content: DraftContent }) {
  const { t } = useTranslation();
  const text = useText();
  const session = useQuery(sessionQuery).data;
  const product = previewProduct(goodsId, content, session?.tenantName ?? '');
  const [chosen, setChosen] = useState<string>();
  const offer = chooseOffer(product, { priceItemId: chosen });
  const { logo, pictures } = content;
  return (
    <section className="preview stack" aria-label={t('publication.preview')} data-testid="preview">
      <div className="row" style={{ flexWrap: 'nowrap', alignItems: 'flex-start' }}>
        {logo !== null && <img src={fileUrl(logo.fileId)} alt="" width={56} height={56} className="preview-logo" />}
        <div>
          <strong style={{ fontSize: 16 }}>{text(product.name) || t('publication.noName')}</strong>
          <p className="soft">{text(product.summary)}</p>
        </div>
      </div>
      {pictures.length > 0 && (
        <div className="preview-pictures">
          {pictures.map((picture) => (
            <img key={picture.fileId} src={fileUrl(picture.fileId)} alt={picture.name} />
          ))}
        </div>
      )}
      {product.highlights.length > 0 && (
        <ul style={{ margin: 0, paddingLeft: 20 }}>
          {product.highlights.map((highlight, index) => {
            const place = `highlight ${index}`;
            return <li key={place}>{text(highlight)}</li>;
          })}
        </ul>
      )}
      <p className="prose">{text(product.description)}</p>
      {offer !== undefined && (
        <section className="panel stack" aria-label={t('product.choose')}>
          <Chooser product={product} offer={offer} onChoose={({ price }) => setChosen(price.priceItemId)} />
          <Button type="primary" block disabled>
            {t('product.buy')}
          </Button>
          <p className="soft">{t('publication.previewOnly')}</p>
        </section>
      )}
      {product.specifications.length > 0 && (
        <Panel title={t('product.prices')}>
          <PriceTable product={product} narrow />
        </Panel>
      )}
      <Panel title={t('product.usageGuide')}>
        <p className="prose">{text(product.usageGuide)}</p>
      </Panel>
      {product.support.phone !== '' && product.support.email !== '' && (
        <Support title={t('product.support')} sellerName={product.sellerName} support={product.support} />
      )}
      <Panel title={t('product.agreement')}>
        <p className="prose">{text(product.agreement)}</p>
      </Panel>
    </section>
  );
});
