import type { FileRefView, OrderDeliveryView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { linkDocument } from '../../api/deliveries.ts';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { DeliveredFile } from './delivered-file.tsx';

/** Requirement, proofs, the seller's note, the criterion of acceptance: what both sides read (S-44). */
export function DocumentFacts({ delivery }: { delivery: OrderDeliveryView }) {
  const { t } = useTranslation();
  const { requirement, proofs, result, template } = delivery;
  return (
    <>
      {requirement !== null && (
        <Pair
          term={t('handover.requirement.title')}
          value={
            <div className="stack stack--tight">
              {requirement.text !== '' && <span className="prose">{requirement.text}</span>}
              <Files delivery={delivery} files={requirement.files} />
              <span className="soft">
                <Instant at={requirement.at} />
              </span>
            </div>
          }
        />
      )}
      {template !== null && (
        <Pair term={t('handover.template')} value={<Files delivery={delivery} files={[template]} />} />
      )}
      {result !== '' && <Pair term={t('handover.result')} value={<span className="prose">{result}</span>} />}
      <CheckedFacts delivery={delivery} />
      {proofs.length > 0 && <Pair term={t('handover.proofs')} value={<Files delivery={delivery} files={proofs} />} />}
    </>
  );
}

/** S6-8: what the seller stated of the acceptance file, and that it agrees with the orders. */
function CheckedFacts({ delivery: { supervision } }: { delivery: OrderDeliveryView }) {
  const { t } = useTranslation();
  const checked = supervision?.checked ?? null;
  if (checked === null) return null;
  const { orderNumbers, companyName, items, validity, kit, at } = checked;
  const told = [
    { term: t('supervision.facts.orderNumbers'), text: orderNumbers.join(', ') },
    { term: t('supervision.facts.companyName'), text: companyName },
    ...items.map(({ product, specification }) => ({
      term: t('supervision.facts.product'),
      text: `${product} · ${specification}`,
    })),
    ...(validity ? [{ term: t('supervision.facts.validityFileId'), text: t('supervision.facts.attached') }] : []),
    ...(kit ? [{ term: t('supervision.facts.kitFileId'), text: t('supervision.facts.attached') }] : []),
  ];
  return (
    <Pair
      term={t('supervision.facts.checked')}
      value={
        <div className="stack stack--tight" data-testid="facts-checked">
          <ul className="plain-list stack stack--tight">
            {told.map(({ term, text }) => (
              <li key={`${term} ${text}`}>
                <span role="img" aria-label={t('supervision.facts.agrees')}>
                  ✓
                </span>{' '}
                {term} {text}
              </li>
            ))}
          </ul>
          <span className="soft">
            {t('supervision.facts.agrees')} · <Instant at={at} />
          </span>
        </div>
      }
    />
  );
}

function Files({ delivery, files }: { delivery: OrderDeliveryView; files: readonly FileRefView[] }) {
  if (files.length === 0) return null;
  return (
    <ul className="plain-list stack stack--tight">
      {files.map((file) => (
        <li key={file.fileId}>
          <DeliveredFile file={file} link={() => linkDocument(delivery.deliveryId, file.fileId)} />
        </li>
      ))}
    </ul>
  );
}
