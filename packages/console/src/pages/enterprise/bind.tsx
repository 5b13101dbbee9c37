import type { BindableView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Checkbox, Modal, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bindApplication, bindableQuery } from '../../api/enterprise.ts';
import { useCommand } from '../../components/command.ts';
import { Failure, Loaded } from '../../components/feedback.tsx';
import { useText } from '../../i18n/text.ts';

/** Which service, and what of its members the seller may know (E-25a). */
export function BindDialog({ enterpriseId, onClose }: { enterpriseId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [resourceId, setResourceId] = useState<string | null>(null);
  const [shared, setShared] = useState<readonly BindableView['attributes'][number][]>([]);
  const found = useQuery(bindableQuery(enterpriseId));
  const bind = useCommand({
    run: () => bindApplication(enterpriseId, { resourceId: resourceId ?? '', attributes: shared }),
    refresh: ['enterprises', enterpriseId],
    done: t('people.application.bound'),
    onFailed: () => true,
    onDone: onClose,
  });
  const chosen = found.data?.items.find((each) => each.resourceId === resourceId);
  return (
    <Modal
      open
      title={t('people.application.bind')}
      okText={t('people.application.bind')}
      cancelText={t('people.cancel')}
      okButtonProps={{ disabled: !chosen, 'data-testid': 'bind-confirm' }}
      confirmLoading={bind.isPending}
      onOk={() => bind.mutate(undefined)}
      onCancel={onClose}
    >
      <div className="stack">
        <p className="soft">{t('people.application.bindHelp')}</p>
        <Loaded query={found}>
          {({ items }) =>
            items.length === 0 ? (
              <p>{t('people.application.nothingBindable')}</p>
            ) : (
              <Services items={items} value={resourceId} onChange={setResourceId} />
            )
          }
        </Loaded>
        {chosen && <Shared service={chosen} value={shared} onChange={setShared} />}
        {bind.error != null && <Failure error={bind.error} />}
      </div>
    </Modal>
  );
}

interface ServicesProps {
  readonly items: readonly BindableView[];
  readonly value: string | null;
  readonly onChange: (resourceId: string) => void;
}

function Services({ items, value, onChange }: ServicesProps) {
  const { t } = useTranslation();
  const text = useText();
  const id = useId();
  return (
    <div className="filter">
      <label htmlFor={id}>{t('people.application.service')}</label>
      <Select
        id={id}
        value={value}
        onChange={(next: string | null) => next !== null && onChange(next)}
        options={items.map(({ resourceId, productName, orderId }) => ({
          value: resourceId,
          label: `${text(productName)} · ${t('people.application.order', { order: orderId })}`,
        }))}
        data-testid="bind-service"
      />
    </div>
  );
}

interface SharedProps {
  readonly service: BindableView;
  readonly value: readonly BindableView['attributes'][number][];
  readonly onChange: (value: BindableView['attributes']) => void;
}

function Shared({ service, value, onChange }: SharedProps) {
  const { t } = useTranslation();
  const id = useId();
  if (service.attributes.length === 0) return <p className="soft">{t('people.application.noAttributes')}</p>;
  return (
    <div className="filter">
      <span id={id}>{t('people.application.attributes')}</span>
      <Checkbox.Group
        aria-labelledby={id}
        value={[...value]}
        onChange={onChange}
        options={service.attributes.map((each) => ({ value: each, label: t(`people.application.shared.${each}`) }))}
      />
      <span className="soft">{t('people.application.attributesHelp')}</span>
    </div>
  );
}
