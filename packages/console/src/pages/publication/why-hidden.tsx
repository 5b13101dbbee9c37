import { CheckCircleOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { HiddenBecauseView, ProductBehindView } from '../../api/publication-types.ts';
import { useBase } from '../../components/links.tsx';
import { useText } from '../../i18n/text.ts';

/** "Why can buyers not see this?": every rule that hides the product or blocks buying it, with what to do (console.md). */
export function WhyHidden({ product }: { product: ProductBehindView }) {
  const { t } = useTranslation();
  const { whyHidden } = product;
  if (whyHidden.length === 0) {
    return (
      <p data-testid="nothing-hides">
        <span className="state state--ok">
          <CheckCircleOutlined /> {t('publication.visible')}
        </span>{' '}
        {t('publication.nothingHides')}
      </p>
    );
  }
  return (
    <ul className="plain-list" data-testid="why-hidden">
      {whyHidden.map((reason) => (
        <Reason key={`${reason.rule} ${reason.code} ${reason.specificationId}`} product={product} reason={reason} />
      ))}
    </ul>
  );
}

const tone = { HIDDEN: 'bad', BLOCKED: 'bad', LIMITED: 'wait' } as const satisfies Readonly<
  Record<HiddenBecauseView['effect'], string>
>;

function Reason({ product, reason }: { product: ProductBehindView; reason: HiddenBecauseView }) {
  const { t } = useTranslation();
  const text = useText();
  const operator = useBase() === 'operator';
  const of = product.content.specifications.find((one) => one.specificationId === reason.specificationId);
  return (
    <li data-code={reason.code}>
      <div className="row">
        <span className={`state state--${tone[reason.effect]}`}>{t(`publication.effect.${reason.effect}`)}</span>
        {of !== undefined && <strong>{text(of.name)}</strong>}
        <span>{text(reason.message)}</span>
        <span className="mono soft">{reason.rule}</span>
      </div>
      {!operator && /PROBE|FROZEN/.test(reason.code) && (
        <Link to="/seller/probes/$goodsId" params={{ goodsId: product.goodsId }}>
          {t('publication.probeResults')}
        </Link>
      )}
    </li>
  );
}
