import { StarFilled, StarOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';

/** How many stars somebody gave: for eyes as stars, for ears as a number. */
export function Stars({ stars }: { stars: number }) {
  const { t } = useTranslation();
  return (
    <span role="img" aria-label={t('opinions.stars', { stars })} className="stars">
      {[1, 2, 3, 4, 5].map((star) => (star <= stars ? <StarFilled key={star} /> : <StarOutlined key={star} />))}
    </span>
  );
}

/** A product's score with the number of reviews; says so when there is none. */
export function Rating({ rating, reviews }: { rating: string | null; reviews: number }) {
  const { t } = useTranslation();
  if (rating === null) return <span className="soft">{t('finding.noReviews')}</span>;
  return (
    <span className="rating" role="img" aria-label={t('finding.rating', { rating, count: reviews })}>
      <StarFilled className="stars" /> <strong className="num">{rating}</strong>{' '}
      <span className="soft num">({reviews})</span>
    </span>
  );
}
