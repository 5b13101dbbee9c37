import { App, Button, Form, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { makeApiKey, revokeApiKey, rotateApiKey } from '../../api/usage.ts';
import { useCommand } from '../../components/command.ts';
import { Id } from '../../components/copy.tsx';

const longestName = 64;
const mostHours = 168;
/** long enough to change programs in working hours */
const usualHours = 24;

/** A pair in a dialog that is closed by its reader: the secret is shown this once. */
function useShownKey(): (key: { ak: string; sk: string }) => void {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  return ({ ak, sk }) =>
    void modal.info({
      title: t('usage.keys.shown'),
      width: 560,
      content: (
        <div className="stack stack--tight" data-testid="shown-key">
          <span>
            {t('usage.keys.ak')} <Id value={ak} name={t('usage.keys.ak')} />
          </span>
          <span>
            {t('usage.keys.sk')} <Id value={sk} name={t('usage.keys.sk')} />
          </span>
          <p className="soft">{t('usage.keys.shownHelp')}</p>
        </div>
      ),
    });
}

export function MakeKey() {
  const { t } = useTranslation();
  const show = useShownKey();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const make = useCommand({
    run: makeApiKey,
    refresh: ['api-keys'],
    onDone: (key) => {
      setOpen(false);
      setName('');
      show(key);
    },
  });
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)} data-testid="key-make">
        {t('usage.keys.make')}
      </Button>
      <Modal
        open={open}
        title={t('usage.keys.make')}
        okText={t('usage.keys.make')}
        okButtonProps={{ disabled: name.trim() === '', 'data-testid': 'key-make-confirm' }}
        confirmLoading={make.isPending}
        onOk={() => make.mutate(name.trim())}
        onCancel={() => setOpen(false)}
      >
        <Form layout="vertical">
          <Form.Item label={t('usage.keys.name')} htmlFor="api-key-name" extra={t('usage.keys.nameHelp')}>
            <Input
              id="api-key-name"
              value={name}
              maxLength={longestName}
              onChange={(event) => setName(event.target.value)}
            />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}

export function RotateKey({ ak }: { ak: string }) {
  const { t } = useTranslation();
  const show = useShownKey();
  const [open, setOpen] = useState(false);
  const [hours, setHours] = useState<number | null>(usualHours);
  const rotate = useCommand({
    run: rotateApiKey,
    refresh: ['api-keys'],
    onDone: (key) => {
      setOpen(false);
      show(key);
    },
  });
  const id = `overlap-${ak}`;
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)} data-testid="key-rotate">
        {t('usage.keys.rotate')}
      </Button>
      <Modal
        open={open}
        title={t('usage.keys.rotateTitle', { ak })}
        okText={t('usage.keys.rotate')}
        okButtonProps={{ disabled: hours === null, 'data-testid': 'key-rotate-confirm' }}
        confirmLoading={rotate.isPending}
        onOk={() => hours !== null && rotate.mutate({ ak, overlapHours: hours })}
        onCancel={() => setOpen(false)}
      >
        <p>{t('usage.keys.rotateHelp')}</p>
        <Form layout="vertical">
          <Form.Item label={t('usage.keys.overlap')} htmlFor={id}>
            <InputNumber id={id} min={0} max={mostHours} precision={0} value={hours} onChange={setHours} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}

export function RevokeKey({ ak }: { ak: string }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const revoke = useCommand({ run: revokeApiKey, refresh: ['api-keys'], done: t('usage.keys.revoked') });
  const ask = (): void =>
    void modal.confirm({
      title: t('usage.keys.revokeTitle', { ak }),
      content: t('usage.keys.revokeHelp'),
      okText: t('usage.keys.revoke'),
      okButtonProps: { danger: true, 'data-testid': 'key-revoke-confirm' },
      onOk: () => revoke.mutateAsync(ak),
    });
  return (
    <Button size="small" danger onClick={ask} data-testid="key-revoke">
      {t('usage.keys.revoke')}
    </Button>
  );
}
