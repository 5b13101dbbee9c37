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
      {proofs.length > 0 && <Pair term={t('handover.proofs')} value={<Files delivery={delivery} files={proofs} />} />}
    </>
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
