import type { PackageAlarmView, UsagePackageView } from '@jishi/marketplace/console-api';
import { Modal, Radio } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setPackageAlarm } from '../../api/usage.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { useText } from '../../i18n/text.ts';
import { NumberField, percentPattern, quantityPattern } from './number-field.tsx';

const kinds = ['ACCOUNT', 'PERCENT', 'QUANTITY', 'OFF'] as const;
type Kind = (typeof kinds)[number];

/** Asks when to be warned of one package; mount it to open it. */
export function PackageAlarm({ of, onClose }: { of: UsagePackageView; onClose: () => void }) {
  const { t } = useTranslation();
  const text = useText();
  const id = useId();
  const [kind, setKind] = useState<Kind>(of.alarm.kind);
  const [value, setValue] = useState('value' in of.alarm ? String(of.alarm.value) : '');
  const save = useCommand({
    run: setPackageAlarm,
    refresh: ['usage'],
    done: t('usage.packages.saved'),
    onDone: onClose,
    // shown in the dialog
    onFailed: () => true,
  });
  const alarm = alarmOf(kind, value);
  return (
    <Modal
      open
      title={t('usage.packages.setTitle', { product: text(of.productName) })}
      okText={t('usage.alarms.save')}
      okButtonProps={{ disabled: alarm === null, 'data-testid': 'package-alarm-save' }}
      confirmLoading={save.isPending}
      onOk={() => alarm !== null && save.mutate({ resourceId: of.resourceId, alarm })}
      onCancel={onClose}
    >
      <div className="stack">
        <div className="filter">
          <span id={id}>{t('usage.packages.alarm')}</span>
          <Radio.Group
            aria-labelledby={id}
            value={kind}
            onChange={({ target }) => setKind(kinds.find((each) => each === target.value) ?? 'ACCOUNT')}
            options={kinds.map((each) => ({ value: each, label: t(`usage.packages.kinds.${each}`) }))}
          />
        </div>
        {(kind === 'PERCENT' || kind === 'QUANTITY') && (
          <NumberField
            label={
              kind === 'PERCENT' ? t('usage.packages.percent') : t('usage.packages.quantity', { unit: text(of.unit) })
            }
            rule={t(kind === 'PERCENT' ? 'usage.packages.percentRule' : 'usage.packages.quantityRule')}
            value={value}
            faulty={value !== '' && alarm === null}
            onChange={setValue}
            testId="package-alarm-value"
          />
        )}
        {save.error !== null && <Failure error={save.error} />}
      </div>
    </Modal>
  );
}

/** null = what is typed does not fit */
function alarmOf(kind: Kind, value: string): PackageAlarmView | null {
  if (kind === 'PERCENT') return percentPattern.test(value) ? { kind, value: Number(value) } : null;
  if (kind === 'QUANTITY') return quantityPattern.test(value) ? { kind, value } : null;
  return { kind };
}
