import { AutoComplete } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { PurchaseSearch } from '../../search/params.ts';
import { serverSizes } from './purchase.ts';

interface ServerFieldsProps {
  readonly vcpus: number;
  readonly onChange: (change: Partial<PurchaseSearch>) => void;
}

const mostVcpus = 1_024;

/** Images per vCPU: the size of the server that the image is to run on; the price is for its vCPUs (L34). */
export function ServerFields({ vcpus, onChange }: ServerFieldsProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {t('offers.image.vcpus')}
      </label>
      <AutoComplete
        id={id}
        value={String(vcpus)}
        options={serverSizes.map((size) => ({ value: String(size), label: t('offers.vcpus', { vcpus: size }) }))}
        style={{ width: '100%' }}
        aria-describedby={`${id}-help`}
        onChange={(next) => {
          const size = Number(next);
          if (Number.isInteger(size) && size >= 1 && size <= mostVcpus) onChange({ vcpus: size });
        }}
        data-testid="vcpus"
      />
      <span id={`${id}-help`} className="soft">
        {t('offers.image.vcpusHelp')}
      </span>
    </div>
  );
}
