import type { ProductView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { Pair } from '../../components/rows.tsx';
import { useText } from '../../i18n/text.ts';
import { may } from '../../shell/areas.ts';
import { DemandDialog } from './demand-dialog.tsx';
import { asksSeller, type Refused } from './refusals.ts';

interface RefusalDialogProps {
  readonly refused: Refused;
  readonly product: ProductView;
  readonly onClose: () => void;
}

/** Why the order is not possible, and what to do about it (catalogue.md 13.1, B-30). */
export function RefusalDialog({ refused, product, onClose }: RefusalDialogProps) {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery).data;
  const [asking, setAsking] = useState(false);
  const { code, facts } = refused;
  if (asking) return <DemandDialog product={product} onClose={onClose} />;
  return (
    <Modal
      open
      title={t(`offers.refusal.${code}.title`)}
      onCancel={onClose}
      footer={
        <span className="row" style={{ justifyContent: 'flex-end' }}>
          {asksSeller(code) && may(session, 'offer.use') && (
            <Button onClick={() => setAsking(true)} data-testid="ask-for-offer">
              {t('offers.demand.ask')}
            </Button>
          )}
          <Button type="primary" onClick={onClose} data-testid="refusal-close">
            {t('offers.refusal.understood')}
          </Button>
        </span>
      }
    >
      <div className="stack" data-testid="refusal" data-code={code}>
        <p>{t(`offers.refusal.${code}.what`, { limit: facts.limit ?? '', had: facts.had ?? '' })}</p>
        {code === 'PURCHASE_LIMIT' && <Link to="/services">{t('offers.refusal.myServices')}</Link>}
        {asksSeller(code) && <Contact product={product} />}
      </div>
    </Modal>
  );
}

/** How to reach the seller (B-48). */
function Contact({ product: { sellerName, support } }: { product: ProductView }) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <dl className="facts" data-testid="seller-contact">
      <Pair term={t('product.seller')} value={sellerName} />
      <Pair term={t('product.phone')} value={<a href={`tel:${support.phone.replace(/\s/g, '')}`}>{support.phone}</a>} />
      <Pair term={t('product.email')} value={<a href={`mailto:${support.email}`}>{support.email}</a>} />
      <Pair term={t('product.hours')} value={text(support.hours)} />
    </dl>
  );
}
