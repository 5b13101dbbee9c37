import { Button, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decideOffer, type OfferView } from '../../api/offers.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { Pair } from '../../components/rows.tsx';
import { OfferItems, useRateWords } from './offer-words.tsx';

/** O-34: the operator looks at an offer outside the free range and approves or rejects it. */
export function DecideOffer({ offer }: { offer: OfferView }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (offer.state !== 'IN_APPROVAL') return <span className="soft">—</span>;
  return (
    <>
      <Button
        size="small"
        onClick={() => setOpen(true)}
        aria-label={`${t('offers.decide.button')}: ${offer.name}`}
        data-testid="decide-offer"
      >
        {t('offers.decide.button')}
      </Button>
      {open && <DecisionDialog offer={offer} onClose={() => setOpen(false)} />}
    </>
  );
}

function DecisionDialog({ offer, onClose }: { offer: OfferView; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const rateWords = useRateWords();
  const [comment, setComment] = useState('');
  const [refused, setRefused] = useState(false);
  const missing = refused && comment.trim() === '';
  const decide = useCommand({
    run: (approve: boolean) => decideOffer(offer.offerId, { approve, comment: comment.trim() }),
    refresh: ['offers'],
    done: t('offers.decide.done'),
    onDone: onClose,
    onFailed: () => true,
  });
  const reject = (): void => {
    setRefused(true);
    if (comment.trim() !== '') decide.mutate(false);
    else document.getElementById(id)?.focus();
  };
  return (
    <Modal
      open
      title={t('offers.decide.title', { name: offer.name })}
      onCancel={onClose}
      footer={
        <span className="row" style={{ justifyContent: 'flex-end' }}>
          <Button danger onClick={reject} loading={decide.isPending} data-testid="reject">
            {t('offers.decide.reject')}
          </Button>
          <Button type="primary" onClick={() => decide.mutate(true)} loading={decide.isPending} data-testid="approve">
            {t('offers.decide.approve')}
          </Button>
        </span>
      }
    >
      <div className="stack">
        <p>{t('offers.decide.why', { free: rateWords(offer.freeRate) })}</p>
        <dl className="facts">
          <Pair term={t('lives.seller')} value={offer.sellerName} />
          <Pair
            term={t('offers.buyers')}
            value={offer.buyers.map(({ accountName }) => accountName).join(t('sales.comma'))}
          />
          <Pair term={t('offers.items')} value={<OfferItems items={offer.items} />} />
        </dl>
        <div className="filter">
          <label htmlFor={id}>{t('offers.decide.comment')}</label>
          <Input.TextArea
            id={id}
            value={comment}
            maxLength={500}
            autoSize={{ minRows: 3, maxRows: 8 }}
            status={missing ? 'error' : ''}
            aria-invalid={missing}
            aria-describedby={`${id}-rule`}
            onChange={(event) => setComment(event.target.value)}
            data-testid="decision-comment"
          />
          <span id={`${id}-rule`} role={missing ? 'alert' : undefined} className={missing ? 'fault' : 'soft'}>
            {t(missing ? 'offers.decide.missing' : 'offers.decide.rule')}
          </span>
        </div>
        {decide.error !== null && <Failure error={decide.error} />}
      </div>
    </Modal>
  );
}
