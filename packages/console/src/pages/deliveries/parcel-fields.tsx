import { Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

const trackingNumber = /^[A-Za-z0-9-]{4,64}$/;

export interface Parcel {
  readonly carrier: string;
  readonly trackingNo: string;
}

/** Who carries a parcel and under which number, as it is typed (L37). */
export function useParcel() {
  const id = useId();
  const [carrier, setCarrier] = useState('');
  const [trackingNo, setTrackingNo] = useState('');
  const [tried, setTried] = useState(false);
  const nameless = carrier.trim() === '';
  const unreadable = !trackingNumber.test(trackingNo.trim());
  return {
    ...{ id, carrier, setCarrier, trackingNo, setTrackingNo },
    faults: { carrier: tried && nameless, trackingNo: tried && unreadable },
    /** @returns null = something is missing, and the person is led there */
    take(): Parcel | null {
      setTried(true);
      if (!nameless && !unreadable) return { carrier: carrier.trim(), trackingNo: trackingNo.trim() };
      document.getElementById(`${id}-${nameless ? 'carrier' : 'number'}`)?.focus();
      return null;
    },
  };
}

export function ParcelFields({ parcel }: { parcel: ReturnType<typeof useParcel> }) {
  const { t } = useTranslation();
  const { id, faults } = parcel;
  return (
    <div className="filters">
      <div className="filter">
        <label htmlFor={`${id}-carrier`}>{t('handover.parcel.carrier')}</label>
        <Input
          id={`${id}-carrier`}
          value={parcel.carrier}
          maxLength={64}
          onChange={(event) => parcel.setCarrier(event.target.value)}
          aria-invalid={faults.carrier}
          status={faults.carrier ? 'error' : ''}
          data-testid="carrier"
        />
        {faults.carrier && (
          <span role="alert" className="fault">
            {t('handover.parcel.carrierRule')}
          </span>
        )}
      </div>
      <div className="filter">
        <label htmlFor={`${id}-number`}>{t('handover.parcel.trackingNo')}</label>
        <Input
          id={`${id}-number`}
          className="mono"
          value={parcel.trackingNo}
          maxLength={64}
          onChange={(event) => parcel.setTrackingNo(event.target.value)}
          aria-invalid={faults.trackingNo}
          aria-describedby={`${id}-rule`}
          status={faults.trackingNo ? 'error' : ''}
          data-testid="tracking-number"
        />
        <span
          id={`${id}-rule`}
          role={faults.trackingNo ? 'alert' : undefined}
          className={faults.trackingNo ? 'fault' : 'soft'}
        >
          {t('handover.parcel.trackingRule')}
        </span>
      </div>
    </div>
  );
}
