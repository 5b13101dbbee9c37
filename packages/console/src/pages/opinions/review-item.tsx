import type { ReviewView } from '@jishi/marketplace/console-api';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Stars } from '../../components/stars.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';

/** One review with what was added and replied; `children` are what the reader may do with it. */
export function ReviewItem({
  review,
  product,
  children,
}: {
  review: ReviewView;
  product?: ReactNode;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <article className="opinion" data-testid="review" data-row={review.reviewId}>
      <div className="opinion-head">
        <Stars stars={review.stars} />
        <span>{review.author}</span>
        {product}
        <span className="soft">{text(review.specificationName)}</span>
        <span className="soft">
          <Instant at={review.createdAt} />
          {review.editedAt !== null && ` · ${t('opinions.edited')}`}
        </span>
      </div>
      {review.hidden !== null && (
        <span className="state state--idle">{t('opinions.hidden', { reason: review.hidden.reason })}</span>
      )}
      <p className="prose">{review.text}</p>
      {review.pictures.length > 0 && (
        <div className="opinion-pictures">
          {review.pictures.map(({ fileId, url, name }) => (
            <a key={fileId} href={url} target="_blank" rel="noopener noreferrer">
              <img src={url} alt={name} loading="lazy" />
            </a>
          ))}
        </div>
      )}
      {review.addition !== null && <Said title={t('opinions.addition')} said={review.addition} />}
      {review.reply !== null && <Said title={t('opinions.sellerReply')} said={review.reply} answer />}
      {children}
    </article>
  );
}

/** What somebody said later, with its time. */
export function Said({
  title,
  said,
  answer,
}: {
  title: string;
  said: { readonly text: string; readonly at: string };
  answer?: boolean;
}) {
  return (
    <div className={answer === true ? 'opinion-answer' : ''}>
      <span className="row">
        <strong>{title}</strong>
        <span className="soft">
          <Instant at={said.at} />
        </span>
      </span>
      <p className="prose">{said.text}</p>
    </div>
  );
}
