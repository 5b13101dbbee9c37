import type { ProductPageView } from '@jishi/marketplace/console-api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Up to five pictures and a video (B-13); nothing at all where there are none. */
export function Gallery({ product }: { product: Pick<ProductPageView, 'pictures' | 'video'> }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(0);
  const { pictures, video } = product;
  const total = pictures.length;
  const shown = pictures[chosen];
  if (total === 0 && video === null) return null;
  return (
    <section className="gallery" aria-label={t('finding.gallery')}>
      {shown !== undefined ? (
        <img className="gallery-main" src={shown.url} alt={t('finding.picture', { number: chosen + 1, total })} />
      ) : (
        video !== null && (
          <video className="gallery-main" src={video.url} controls preload="metadata" aria-label={t('finding.video')}>
            <track kind="captions" />
          </video>
        )
      )}
      {total + (video === null ? 0 : 1) > 1 && (
        <div className="gallery-row">
          {pictures.map((picture, place) => (
            <button
              key={picture.url}
              type="button"
              className="gallery-thumb"
              aria-pressed={place === chosen}
              aria-label={t('finding.picture', { number: place + 1, total })}
              onClick={() => setChosen(place)}
            >
              <img src={picture.url} alt="" loading="lazy" />
            </button>
          ))}
          {video !== null && (
            <button
              type="button"
              className="gallery-thumb"
              aria-pressed={chosen >= total}
              aria-label={t('finding.video')}
              onClick={() => setChosen(total)}
            >
              ▶
            </button>
          )}
        </div>
      )}
    </section>
  );
}
