import type { ReviewableView, ReviewView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addToReview, editReview, myReviewsQuery, reviewableQuery, writeReview } from '../../api/opinions.ts';
import { useCommand } from '../../components/command.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { ReviewForm, type Written } from './review-form.tsx';
import { ReviewItem } from './review-item.tsx';
import { TextDialog } from './text-dialog.tsx';

const route = getRouteApi('/my-reviews');

/** What waits for a review, and what was written (B-104). */
export function MyReviewsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const lines = useQuery(reviewableQuery());
  const mine = useQuery(myReviewsQuery(search));
  return (
    <Page title={t('opinions.mine')}>
      <Panel title={t('opinions.toReview')}>
        <Loaded query={lines}>
          {({ items }) =>
            items.length === 0 ? (
              <p className="soft">{t('opinions.nothingToReview')}</p>
            ) : (
              items.map((line) => <ToReview key={line.orderLineId} line={line} />)
            )
          }
        </Loaded>
      </Panel>
      <Loaded query={mine}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t('opinions.noneWritten')} />
          ) : (
            <Panel title={t('opinions.mine')}>
              {page.items.map((review) => (
                <Mine key={review.reviewId} review={review} />
              ))}
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </Panel>
          )
        }
      </Loaded>
    </Page>
  );
}

function ToReview({ line }: { line: ReviewableView }) {
  const { t } = useTranslation();
  const text = useText();
  const [open, setOpen] = useState(false);
  const write = useCommand({
    run: (written: Written) => writeReview({ orderLineId: line.orderLineId, ...written }),
    refresh: ['reviews'],
    done: t('opinions.published'),
  });
  const name = text(line.productName);
  return (
    <article className="opinion" data-testid="reviewable" data-row={line.orderLineId}>
      <div className="opinion-head">
        <Link to="/products/$goodsId" params={{ goodsId: line.goodsId }}>
          {name}
        </Link>
        <span className="soft">{text(line.specificationName)}</span>
        <span className="soft">
          <Instant at={line.completedAt} />
        </span>
        {!open && (
          <Button
            size="small"
            onClick={() => setOpen(true)}
            aria-label={t('opinions.writeTitle', { name })}
            data-testid="write-review"
          >
            {t('opinions.write')}
          </Button>
        )}
      </div>
      {open && <ReviewForm busy={write.isPending} onSend={write.mutate} onClose={() => setOpen(false)} />}
    </article>
  );
}

function Mine({ review }: { review: ReviewView }) {
  const { t } = useTranslation();
  const text = useText();
  const [open, setOpen] = useState<'edit' | 'add' | null>(null);
  const close = (): void => setOpen(null);
  const edit = useCommand({
    run: (written: Written) => editReview(review.reviewId, written),
    refresh: ['reviews'],
    done: t('opinions.saved'),
    onDone: close,
  });
  const add = useCommand({
    run: (words: string) => addToReview(review.reviewId, words),
    refresh: ['reviews'],
    done: t('opinions.saved'),
    onDone: close,
  });
  const product = (
    <Link to="/products/$goodsId" params={{ goodsId: review.goodsId }}>
      {text(review.productName)}
    </Link>
  );
  return (
    <ReviewItem review={review} product={product}>
      {open === 'edit' ? (
        <ReviewForm
          stars={review.stars}
          text={review.text}
          kept={review.pictures.map(({ fileId }) => fileId)}
          busy={edit.isPending}
          onSend={edit.mutate}
          onClose={close}
        />
      ) : (
        <span className="row">
          {review.editableUntil !== null && (
            <>
              <Button size="small" onClick={() => setOpen('edit')} data-testid="edit-review">
                {t('opinions.edit')}
              </Button>
              <EditUntil at={review.editableUntil} />
            </>
          )}
          {review.canAdd && (
            <Button size="small" onClick={() => setOpen('add')} data-testid="add-to-review">
              {t('opinions.add')}
            </Button>
          )}
        </span>
      )}
      {open === 'add' && (
        <TextDialog
          title={t('opinions.add')}
          label={t('opinions.text')}
          busy={add.isPending}
          error={add.error}
          onSend={add.mutate}
          onClose={close}
        />
      )}
    </ReviewItem>
  );
}

function EditUntil({ at }: { at: string }) {
  const { t } = useTranslation();
  const [before, after] = t('opinions.editUntil', { date: '|' }).split('|');
  return (
    <span className="soft">
      {before}
      <Instant at={at} />
      {after}
    </span>
  );
}
