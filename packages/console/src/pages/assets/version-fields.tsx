import type { AssetKindView, FileRefView } from '@jishi/marketplace/console-api';
import { Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { FileUpload } from '../../components/file-upload.tsx';
import { imageOrigins, vulnerabilitiesIn } from './asset-values.ts';
import { RegionSelect } from './info-fields.tsx';

interface VersionFieldsProps {
  readonly kind: AssetKindView;
  readonly file: FileRefView | null;
  readonly onFile: (file: FileRefView | null) => void;
  /** true = it was tried to submit without the file */
  readonly fileMissing: boolean;
}

/** What a version is made of, by kind. */
export function VersionFields({ kind, file, onFile, fileMissing }: VersionFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="version"
        label={t('asset.version')}
        rules={[{ required: true, pattern: /^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$/, message: t('asset.rule.version') }]}
      >
        <Input maxLength={32} placeholder="1.0.0" data-testid="asset-version" />
      </Form.Item>
      {(kind === 'APPLICATION' || kind === 'DATA_FILE') && (
        <div className="stack stack--tight" style={{ marginBottom: 24 }}>
          <FileUpload
            purpose={kind === 'APPLICATION' ? 'PACKAGE' : 'DATA'}
            label={t(kind === 'APPLICATION' ? 'asset.package' : 'asset.dataFile')}
            value={file}
            onChange={onFile}
          />
          {fileMissing && (
            <span role="alert" className="fault">
              {t('asset.rule.file')}
            </span>
          )}
        </div>
      )}
      {kind === 'IMAGE' && <ImageSource />}
      {(kind === 'AI_MODEL' || kind === 'CONTAINER') && <Reference kind={kind} />}
      {kind === 'API_GROUP' && (
        <Form.Item name="apis" label={t('asset.apis')} rules={[{ required: true, message: t('asset.rule.needed') }]}>
          <InputNumber min={1} max={1000} precision={0} data-testid="asset-apis" />
        </Form.Item>
      )}
      {(kind === 'APPLICATION' || kind === 'IMAGE') && (
        <Form.Item
          name="vulnerabilities"
          label={t('asset.vulnerabilities')}
          extra={t('asset.vulnerabilitiesHelp')}
          rules={[
            {
              validator: (_, value: string | undefined) =>
                vulnerabilitiesIn(value ?? '') === null
                  ? Promise.reject(new Error(t('asset.rule.vulnerabilities')))
                  : Promise.resolve(),
            },
          ]}
        >
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 8 }}
            placeholder="CVE-2026-0001 6.5"
            data-testid="asset-cves"
          />
        </Form.Item>
      )}
      <Form.Item name="releaseNotes" label={t('asset.releaseNotes')}>
        <Input.TextArea maxLength={2000} autoSize={{ minRows: 2, maxRows: 8 }} />
      </Form.Item>
    </>
  );
}

function ImageSource() {
  const { t } = useTranslation();
  const uuid = /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;
  return (
    <>
      <Form.Item
        name="origin"
        label={t('asset.origin')}
        initialValue="PRIVATE_SYSTEM_DISK"
        rules={[
          {
            validator: (_, value: string) =>
              value === 'PRIVATE_SYSTEM_DISK' ? Promise.resolve() : Promise.reject(new Error(t('asset.rule.origin'))),
          },
        ]}
      >
        <Select options={imageOrigins.map((value) => ({ value, label: t(`asset.origins.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="sourceImageId"
        label={t('asset.sourceImage')}
        rules={[{ required: true, pattern: uuid, message: t('asset.rule.image') }]}
      >
        <Input maxLength={36} data-testid="asset-image" />
      </Form.Item>
      <Form.Item
        name="sizeGiB"
        label={t('asset.sizeGiB')}
        rules={[{ required: true, message: t('asset.rule.needed') }]}
      >
        <InputNumber min={0.001} max={1024} />
      </Form.Item>
      <Form.Item
        name="sha256"
        label={t('file.checksum')}
        rules={[{ required: true, pattern: /^\s*[0-9a-fA-F]{64}\s*$/, message: t('asset.rule.sha256') }]}
      >
        <Input maxLength={80} className="mono" data-testid="asset-sha256" />
      </Form.Item>
      <Form.Item
        name="regions"
        label={t('asset.regions')}
        rules={[{ required: true, type: 'array', min: 1, message: t('asset.rule.region') }]}
      >
        <RegionSelect many />
      </Form.Item>
    </>
  );
}

function Reference({ kind }: { kind: 'AI_MODEL' | 'CONTAINER' }) {
  const { t } = useTranslation();
  const pattern = kind === 'CONTAINER' ? /^[\x21-\x7e]{1,200}@sha256:[0-9a-f]{64}$/ : /^[\x21-\x7e]{1,200}$/;
  return (
    <Form.Item
      name="reference"
      label={t('asset.reference')}
      extra={t(`asset.referenceHelp.${kind}`)}
      rules={[{ required: true, pattern, message: t('asset.rule.reference') }]}
    >
      <Input maxLength={280} className="mono" data-testid="asset-reference" />
    </Form.Item>
  );
}
