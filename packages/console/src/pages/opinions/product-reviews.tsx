import type { ProductReviewsView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { productReviewsQuery, reviewableQuery } from '../../api/opinions.ts';
import { sessionQuery } from '../../api/queries.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { Stars } from '../../components/stars.tsx';
import { may } from '../../shell/areas.ts';
import { ReviewItem } from './review-item.tsx';

const pageSize = 10;
const mostReviews = 100;

/** The score with its shares, and the reviews, newest first (12.3). */
export function ProductReviews({ goodsId }: { goodsId: string }) {
  const { t } = useTranslation();
  const [stars, setStars] = useState<number | undefined>(undefined);
  const [limit, setLimit] = useState(pageSize);
  const reviews = useQuery(productReviewsQuery(goodsId, { stars, limit }));
  return (
    <Panel title={t('opinions.reviews')}>
      <div className="stack">
        <Loaded query={reviews}>
          {(found) => (
            <>
              {found.count > 0 && <Score score={found} stars={stars} onChoose={setStars} />}
              <WriteLink goodsId={goodsId} />
              {found.items.length === 0 ? (
                <p className="soft">{t('opinions.noReviews')}</p>
              ) : (
                <div>
                  {found.items.map((review) => (
                    <ReviewItem key={review.reviewId} review={review} />
                  ))}
                </div>
              )}
              {found.nextCursor !== null && limit < mostReviews && (
                <div>
                  <Button onClick={() => setLimit(Math.min(mostReviews, limit * 2))}>{t('opinions.more')}</Button>
                </div>
              )}
            </>
          )}
        </Loaded>
      </div>
    </Panel>
  );
}

interface ScoreProps {
  readonly score: ProductReviewsView;
  readonly stars: number | undefined;
  readonly onChoose: (stars: number | undefined) => void;
}

/** The mean, and how many gave how many stars; a row of the bars shows only those. */
function Score({ score, stars, onChoose }: ScoreProps) {
  const { t } = useTranslation();
  return (
    <div className="score" data-testid="score">
      <div>
        <span className="score-number num">{score.rating}</span> <span className="soft">{t('opinions.outOf')}</span>
        <div>
          <Stars stars={Math.round(Number(score.rating))} />
        </div>
      </div>
      <div className="score-bars">
        {[5, 4, 3, 2, 1].map((each) => {
          const count = score.stars[each - 1] ?? 0;
          return (
            <Bar
              key={each}
              stars={each}
              count={count}
              share={score.count === 0 ? 0 : count / score.count}
              chosen={stars === each}
              onChoose={() => onChoose(stars === each ? undefined : each)}
            />
          );
        })}
      </div>
      {stars !== undefined && <Button onClick={() => onChoose(undefined)}>{t('opinions.allStars')}</Button>}
    </div>
  );
}

interface BarProps {
  readonly stars: number;
  readonly count: number;
  readonly share: number;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}
function Bar({ stars, count, share, chosen, onChoose }: BarProps) {
  const { t } = useTranslation();
  return (
    <>
      <Button
        type="link"
        size="small"
        style={{ padding: 0 }}
        disabled={count === 0}
        aria-pressed={chosen}
        aria-label={t('opinions.starCount', { stars, count })}
        onClick={onChoose}
      >
        {t('opinions.stars', { stars })}
      </Button>
      <span className="score-bar" aria-hidden="true">
        <span style={{ width: `${Math.round(share * 100)}%` }} />
      </span>
      <span className="soft num" aria-hidden="true">
        {count}
      </span>
    </>
  );
}

/** Whoever has a completed purchase without a review is led to it (B-104). */
function WriteLink({ goodsId }: { goodsId: string }) {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery).data;
  const lines = useQuery({ ...reviewableQuery(goodsId), enabled: may(session, 'opinion.write') }).data?.items ?? [];
  if (lines.length === 0) return null;
  return (
    <div>
      <ButtonLink to="/my-reviews" color="primary" variant="solid" data-testid="write-review-link">
        {t('opinions.write')}
      </ButtonLink>
    </div>
  );
}
