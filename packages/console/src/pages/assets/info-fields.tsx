import type { AssetKindView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { assetRegionsQuery } from '../../api/assets.ts';
import { useText } from '../../i18n/text.ts';

/** What is said about an asset as a whole, by its kind. */
export function InfoFields({ kind, isNew }: { kind: AssetKindView; isNew: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="name"
        label={t('asset.name')}
        rules={[{ required: true, whitespace: true, message: t('asset.rule.name') }]}
      >
        <Input maxLength={100} data-testid="asset-name" />
      </Form.Item>
      {kind === 'IMAGE' && <ImageFields />}
      {kind === 'DATA_FILE' && (
        <Form.Item
          name="format"
          label={t('asset.format')}
          rules={[{ required: true, message: t('asset.rule.format') }]}
        >
          <Input maxLength={200} placeholder="CSV" data-testid="asset-format" />
        </Form.Item>
      )}
      {kind === 'AI_MODEL' && <ModelFields />}
      {kind === 'CONTAINER' && (
        <Form.Item name="containerKind" label={t('asset.containerKind')} initialValue="CHART">
          <Select
            options={(['CHART', 'IMAGE'] as const).map((value) => ({ value, label: t(`asset.container.${value}`) }))}
          />
        </Form.Item>
      )}
      {kind === 'API_GROUP' && <GroupFields isNew={isNew} />}
    </>
  );
}

function ImageFields() {
  const { t } = useTranslation();
  const needed = [{ required: true, message: t('asset.rule.needed') }];
  return (
    <>
      <Form.Item name="osType" label={t('asset.osType')} initialValue="LINUX">
        <Select
          options={[
            { value: 'LINUX', label: 'Linux' },
            { value: 'WINDOWS', label: 'Windows' },
          ]}
        />
      </Form.Item>
      <Form.Item name="osVersion" label={t('asset.osVersion')} rules={needed}>
        <Input maxLength={200} placeholder="openEuler 24.03" data-testid="asset-os-version" />
      </Form.Item>
      <Form.Item name="arch" label={t('asset.arch')} initialValue="x86_64">
        <Select options={['x86_64', 'aarch64'].map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item name="minDiskGiB" label={t('asset.minDisk')} initialValue={40} rules={needed}>
        <InputNumber min={1} max={1024} precision={0} />
      </Form.Item>
      <Form.Item name="minRamMiB" label={t('asset.minRam')} initialValue={2048} rules={needed}>
        <InputNumber min={0} max={1_048_576} precision={0} />
      </Form.Item>
      <Form.Item name="agency" label={t('asset.agency')} extra={t('asset.agencyHelp')} rules={needed}>
        <Input maxLength={200} data-testid="asset-agency" />
      </Form.Item>
      <SecurityGroup />
    </>
  );
}

function SecurityGroup() {
  const { t } = useTranslation();
  return (
    <Form.List name="securityGroup">
      {(fields, { add, remove }) => (
        <fieldset className="file-upload">
          <legend>{t('asset.securityGroup')}</legend>
          {fields.map(({ key, name }) => (
            <div key={key} className="row">
              <Form.Item name={[name, 'protocol']} initialValue="TCP" noStyle>
                <Select
                  aria-label={t('asset.protocol')}
                  style={{ width: 90 }}
                  options={['TCP', 'UDP', 'ICMP'].map((value) => ({ value, label: value }))}
                />
              </Form.Item>
              <Form.Item
                name={[name, 'ports']}
                rules={[{ pattern: /^\d{1,5}(-\d{1,5})?$/, message: t('asset.rule.ports') }]}
                noStyle
              >
                <Input aria-label={t('asset.ports')} placeholder="8000-8100" style={{ width: 120 }} />
              </Form.Item>
              <Form.Item
                name={[name, 'source']}
                initialValue="0.0.0.0/0"
                rules={[
                  { required: true, pattern: /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, message: t('asset.rule.range') },
                ]}
                noStyle
              >
                <Input aria-label={t('asset.sourceRange')} style={{ width: 160 }} />
              </Form.Item>
              <Button onClick={() => remove(name)}>{t('file.remove')}</Button>
            </div>
          ))}
          <div>
            <Button onClick={() => add()}>{t('asset.addRule')}</Button>
          </div>
        </fieldset>
      )}
    </Form.List>
  );
}

function ModelFields() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="modelKind" label={t('asset.modelKind')} initialValue="MODEL">
        <Select
          options={(['MODEL', 'ALGORITHM'] as const).map((value) => ({ value, label: t(`asset.model.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="deployments"
        label={t('asset.deployments')}
        initialValue={['ONLINE']}
        rules={[{ required: true, message: t('asset.rule.needed') }]}
      >
        <Checkbox.Group
          options={(['ONLINE', 'BATCH', 'EDGE'] as const).map((value) => ({
            value,
            label: t(`asset.deployment.${value}`),
          }))}
        />
      </Form.Item>
    </>
  );
}

/** What names the group never changes: it is the identity that is used up when it is sold. */
function GroupFields({ isNew }: { isNew: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="gateway" label={t('asset.gateway')} initialValue="APIG">
        <Select
          disabled={!isNew}
          options={(['APIG', 'AGENTS'] as const).map((value) => ({ value, label: t(`asset.gateways.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="groupId"
        label={t('asset.groupId')}
        extra={t('asset.groupHelp')}
        rules={[{ required: true, pattern: /^[0-9A-Za-z_-]{1,64}$/, message: t('asset.rule.groupId') }]}
      >
        <Input maxLength={64} disabled={!isNew} data-testid="asset-group" />
      </Form.Item>
      <Form.Item
        name="regionId"
        label={t('asset.region')}
        rules={[{ required: true, message: t('asset.rule.region') }]}
      >
        <RegionSelect disabled={!isNew} />
      </Form.Item>
    </>
  );
}

/** Regions of this site (L24). `many` for images. */
export function RegionSelect(props: {
  readonly disabled?: boolean;
  readonly many?: boolean;
  readonly id?: string;
  readonly value?: string | string[];
  readonly onChange?: (value: string | string[]) => void;
  readonly except?: readonly string[];
}) {
  const text = useText();
  const { many, except, ...rest } = props;
  const regions = useQuery(assetRegionsQuery).data?.items ?? [];
  return (
    <Select
      {...rest}
      style={{ width: '100%' }}
      {...(many === true ? { mode: 'multiple' as const } : {})}
      showSearch={{ optionFilterProp: 'label' }}
      options={regions
        .filter(({ regionId }) => !(except ?? []).includes(regionId))
        .map(({ regionId, name }) => ({ value: regionId, label: `${text(name)} (${regionId})` }))}
      data-testid="asset-regions"
    />
  );
}
