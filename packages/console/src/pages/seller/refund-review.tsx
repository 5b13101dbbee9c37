import type { FileRefView, RefundView } from '@jishi/marketplace/console-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decideRefund } from '../../api/lives.ts';
import { refundQuery } from '../../api/subscriptions.ts';
import { Failure } from '../../components/feedback.tsx';
import { FileUploads } from '../../components/file-upload.tsx';
import { useBase } from '../../components/links.tsx';
import { Pair } from '../../components/rows.tsx';
import { RefundState } from '../../components/state.tsx';
import { Amount } from '../../components/values.tsx';
import { compareDecimal } from '../../format/decimal.ts';
import { formatMoney } from '../../format/money.ts';
import { formatInstant } from '../../format/time.ts';
import { useText } from '../../i18n/text.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { ConsumptionFacts } from '../consumption-facts.tsx';

/** What the state means to whoever reviews. */
export function useReviewHelp(): (refund: RefundView) => string {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (refund) =>
    t(`review.next.${refund.state}`, {
      at: refund.approvedAt === null ? '—' : formatInstant(refund.approvedAt, language),
    });
}

export function ReviewState({ refund, large = false }: { refund: RefundView; large?: boolean }) {
  const help = useReviewHelp();
  return <RefundState state={refund.state} large={large} help={help(refund)} />;
}

/** Opens the review: amount, reason, contact if the buyer agreed; comment; agree or reject (S-53). */
export function ReviewRefund({ refund, small = false }: { refund: RefundView; small?: boolean }) {
  const { t } = useTranslation();
  const text = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        type={small ? 'default' : 'primary'}
        {...(small ? { size: 'small' as const } : {})}
        onClick={() => setOpen(true)}
        aria-label={`${t('review.reviewButton')}: ${text(refund.productName)}, ${refund.buyerName}`}
        data-testid="review"
      >
        {t('review.reviewButton')}
      </Button>
      {open && <ReviewDialog refund={refund} onClose={() => setOpen(false)} />}
    </>
  );
}

const longest = 500;

function ReviewDialog({ refund, onClose }: { refund: RefundView; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [comment, setComment] = useState('');
  const [proofs, setProofs] = useState<readonly FileRefView[]>([]);
  const proofFileIds = proofs.map(({ fileId }) => fileId);
  const [refusedAt, setRefusedAt] = useState(false);
  const decide = useDecision(refund, onClose);
  const missing = refusedAt && comment.trim() === '';
  const reject = (): void => {
    setRefusedAt(true);
    if (comment.trim() === '') document.getElementById(id)?.focus();
    else decide.mutate({ agree: false, comment: comment.trim(), proofFileIds });
  };
  return (
    <Modal
      open
      title={t('review.question')}
      onCancel={onClose}
      footer={
        <span className="row" style={{ justifyContent: 'flex-end' }}>
          <Button danger onClick={reject} loading={decide.isPending} data-testid="reject">
            {t('review.reject')}
          </Button>
          <Button
            type="primary"
            onClick={() => decide.mutate({ agree: true, comment: comment.trim(), proofFileIds })}
            loading={decide.isPending}
            data-testid="agree"
          >
            {t('review.agree')}
          </Button>
        </span>
      }
    >
      <div className="stack">
        <dl className="facts">
          <Pair term={t('lives.customer')} value={refund.buyerName} />
          <Pair term={t('refund.paid')} value={<Amount money={refund.paid} />} />
          <ConsumptionFacts refund={refund} />
          <Pair term={t('review.asked')} value={<Amount money={refund.amount} testId="review-amount" />} />
          <Pair term={t('refund.reason')} value={<span className="prose">{refund.reason}</span>} />
          <Pair term={t('review.contact')} value={<Contact refund={refund} />} />
        </dl>
        <Loss refund={refund} />
        <div className="filter">
          <label htmlFor={id}>{t('review.comment')}</label>
          <Input.TextArea
            id={id}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
            maxLength={longest}
            autoSize={{ minRows: 3, maxRows: 8 }}
            status={missing ? 'error' : ''}
            aria-invalid={missing}
            aria-describedby={`${id}-rule`}
            data-testid="review-comment"
          />
          <span id={`${id}-rule`} role={missing ? 'alert' : undefined} className={missing ? 'fault' : 'soft'}>
            {t(missing ? 'review.commentMissing' : 'review.commentRule')}
          </span>
        </div>
        {refund.state === 'SELLER_REVIEW' && (
          <FileUploads
            purpose="PROOF"
            label={t('supervision.refund.proofs')}
            value={proofs}
            most={10}
            onChange={setProofs}
          />
        )}
        {decide.error != null && <Failure error={decide.error} />}
      </div>
    </Modal>
  );
}

/** What agreeing does, before it is done. */
function Loss({ refund }: { refund: RefundView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const operator = useBase() === 'operator';
  const amount = formatMoney(refund.amount, language);
  const large = refund.state === 'SELLER_REVIEW' && isLarge(refund);
  return (
    <p>
      {refund.kind === 'RENEWAL'
        ? t('review.lossRenewal', { amount })
        : refund.kind === 'LATE'
          ? t('review.lossImage', { amount })
          : large && !operator
            ? t('review.large')
            : t('review.loss', { amount })}
    </p>
  );
}

/** S7-9: such a refund needs an account manager, too. */
const largeAbove = '50000';
const isLarge = ({ amount }: RefundView): boolean =>
  amount.currency === 'CNY' && compareDecimal(amount.amount, largeAbove) > 0;

export function Contact({ refund: { contact } }: { refund: RefundView }) {
  const { t } = useTranslation();
  if (contact === null) return <span className="soft">{t('review.noContact')}</span>;
  return (
    <span className="row">
      {contact.phone !== '' && <a href={`tel:${contact.phone.replace(/\s/g, '')}`}>{contact.phone}</a>}
      {contact.email !== '' && <a href={`mailto:${contact.email}`}>{contact.email}</a>}
    </span>
  );
}

function useDecision(refund: RefundView, onDone: () => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ agree, comment, proofFileIds }: { agree: boolean; comment: string; proofFileIds: string[] }) =>
      decideRefund(refund.refundId, agree, comment, proofFileIds),
    onSuccess: (decided, { agree }) => {
      queryClient.setQueryData(refundQuery(refund.refundId).queryKey, decided);
      void message.success(t(agree ? 'review.agreed' : 'review.rejected'));
      onDone();
    },
    onSettled: () => {
      for (const key of ['refunds', 'refund', 'service', 'services', 'orders', 'customers'])
        void queryClient.invalidateQueries({ queryKey: [key] });
    },
  });
}
