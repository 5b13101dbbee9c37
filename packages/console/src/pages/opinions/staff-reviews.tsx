import type { ReviewView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteReply, hideReview, replyToReview, staffReviewsQuery } from '../../api/opinions.ts';
import { useCommand } from '../../components/command.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters } from '../../components/filters.tsx';
import { useBase } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { useText } from '../../i18n/text.ts';
import { parseReviewSearch, reviewStates } from '../../search/finding-params.ts';
import { isFiltered } from '../../search/params.ts';
import { ReviewItem } from './review-item.tsx';
import { TextDialog } from './text-dialog.tsx';

/** Reviews of the seller's products with his reply (S-52); for the platform all of them, which it may hide. */
export function StaffReviewsPage() {
  const { t } = useTranslation();
  const operator = useBase() === 'operator';
  const search = parseReviewSearch(useSearch({ strict: false }));
  const reviews = useQuery(staffReviewsQuery(operator, search));
  return (
    <Page title={t('opinions.sellerReviews')}>
      <Filters active={isFiltered(search)} names={['state', 'stars', 'goodsId']}>
        <ChoiceFilter
          name="state"
          label={t('opinions.stateLabel')}
          value={search.state}
          choices={reviewStates.map((value) => ({ value, label: t(`opinions.state.${value}`) }))}
        />
        <ChoiceFilter
          name="stars"
          label={t('opinions.starsLabel')}
          value={search.stars === undefined ? undefined : String(search.stars)}
          choices={[5, 4, 3, 2, 1].map((stars) => ({ value: String(stars), label: t('opinions.stars', { stars }) }))}
        />
      </Filters>
      <Loaded query={reviews}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t('opinions.noSellerReviews')} />
          ) : (
            <div className="panel">
              {page.items.map((review) => (
                <StaffReview key={review.reviewId} review={review} operator={operator} />
              ))}
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

function StaffReview({ review, operator }: { review: ReviewView; operator: boolean }) {
  const text = useText();
  const product = (
    <Link to="/products/$goodsId" params={{ goodsId: review.goodsId }}>
      {text(review.productName)}
    </Link>
  );
  return (
    <ReviewItem review={review} product={product}>
      {operator ? <Hide review={review} /> : <Reply review={review} />}
    </ReviewItem>
  );
}

function Reply({ review }: { review: ReviewView }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const [open, setOpen] = useState(false);
  const reply = useCommand({
    run: (words: string) => replyToReview(review.reviewId, words),
    refresh: ['reviews'],
    done: t('opinions.sent'),
    onDone: () => setOpen(false),
  });
  const remove = useCommand({ run: (id: string) => deleteReply(id), refresh: ['reviews'] });
  if (review.reply !== null)
    return (
      <div>
        <Button
          size="small"
          loading={remove.isPending}
          onClick={() =>
            modal.confirm({
              title: t('opinions.deleteReply'),
              content: t('opinions.deleteReplySure'),
              okButtonProps: { danger: true },
              onOk: () => remove.mutate(review.reviewId),
            })
          }
          data-testid="delete-reply"
        >
          {t('opinions.deleteReply')}
        </Button>
      </div>
    );
  if (review.hidden !== null) return null;
  return (
    <div>
      <Button size="small" onClick={() => setOpen(true)} data-testid="reply">
        {t('opinions.reply')}
      </Button>
      {open && (
        <TextDialog
          title={t('opinions.reply')}
          label={t('opinions.replyLabel')}
          about={review.text}
          busy={reply.isPending}
          error={reply.error}
          onSend={reply.mutate}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}

/** The platform takes a review from sight with its reason (12.3). */
function Hide({ review }: { review: ReviewView }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const hidden = review.hidden !== null;
  const hide = useCommand({
    run: (reason: string) => hideReview(review.reviewId, !hidden, reason),
    refresh: ['reviews'],
    done: t(hidden ? 'opinions.shownDone' : 'opinions.hiddenDone'),
    onDone: () => setOpen(false),
  });
  const title = t(hidden ? 'opinions.show' : 'opinions.hide');
  return (
    <div>
      <Button size="small" danger={!hidden} onClick={() => setOpen(true)} data-testid="hide-review">
        {title}
      </Button>
      {open && (
        <ReasonDialog
          title={title}
          confirm={title}
          danger={!hidden}
          busy={hide.isPending}
          error={hide.error}
          onClose={() => setOpen(false)}
          onConfirm={hide.mutate}
        >
          {hidden ? review.hidden?.reason : t('opinions.hideWhat')}
        </ReasonDialog>
      )}
    </div>
  );
}
