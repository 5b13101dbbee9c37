import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Alert, Button, Dropdown, Modal } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportUrl, importCatalogue } from '../../api/publication.ts';
import type { ImportInput, ImportResultView } from '../../api/publication-types.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { useText } from '../../i18n/text.ts';
import { DifferenceView } from './difference-view.tsx';
import { type ChosenFile, readCatalogueFile } from './read-file.ts';

/** The catalogue as a file: taken out as YAML or a workbook, brought back with a look at what it would change first. */
export function Exchange({ goodsId }: { goodsId?: string }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<ChosenFile>();
  const choose = async (file: File): Promise<void> => setChosen(await readCatalogueFile(file));
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: (['yaml', 'xlsx'] as const).map((format) => ({
            key: format,
            label: (
              <a href={exportUrl(format, goodsId)} download data-testid={`export-${format}`}>
                {t(`publication.format.${format}`)}
              </a>
            ),
          })),
        }}
      >
        <Button icon={<DownloadOutlined />} data-testid="export">
          {t('publication.export')}
        </Button>
      </Dropdown>
      {goodsId === undefined && (
        <>
          <Button icon={<UploadOutlined />} onClick={() => input.current?.click()} data-testid="import">
            {t('publication.import')}
          </Button>
          <input
            ref={input}
            type="file"
            className="visually-hidden"
            tabIndex={-1}
            aria-label={t('publication.import')}
            accept=".yaml,.yml,.xlsx"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = '';
              if (file !== undefined) void choose(file);
            }}
            data-testid="import-file"
          />
        </>
      )}
      {chosen !== undefined && <ImportDialog file={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}

function ImportDialog({ file, onClose }: { file: ChosenFile; onClose: () => void }) {
  const { t } = useTranslation();
  const run = (apply: boolean) => (): Promise<ImportResultView> => importCatalogue(inputOf(file, apply));
  const look = useCommand({ run: run(false), refresh: ['nothing'], onFailed: () => true });
  const apply = useCommand({ run: run(true), refresh: ['own-products'], onFailed: () => true });
  const result = apply.data ?? look.data;
  const started = useRef(false);
  if (!started.current) {
    started.current = true;
    queueMicrotask(() => look.mutate(undefined));
  }
  const faulty = result !== undefined && result.faults.length > 0;
  const done = apply.data?.applied === true;
  return (
    <Modal
      open
      width={820}
      title={t('publication.importOf', { name: file.name })}
      onCancel={onClose}
      okText={done ? t('publication.close') : t('publication.importNow')}
      okButtonProps={{
        disabled: result === undefined || (faulty && !done),
        loading: apply.isPending,
        'data-testid': 'import-apply',
      }}
      onOk={() => (done ? onClose() : apply.mutate(undefined))}
    >
      <div className="stack" data-testid="import-result">
        {look.isPending && <p role="status">{t('common.loading')}</p>}
        {look.error != null && <Failure error={look.error} onRetry={() => look.mutate(undefined)} />}
        {apply.error != null && <Failure error={apply.error} />}
        {done && <Alert type="success" showIcon title={t('publication.imported')} />}
        {faulty && <ImportFaults result={result} />}
        {result !== undefined && !faulty && <ImportProducts result={result} />}
      </div>
    </Modal>
  );
}

const inputOf = ({ format, data }: ChosenFile, apply: boolean): ImportInput => ({ format, data, apply });

/** What is wrong in the file, by sheet, row and column. */
function ImportFaults({ result }: { result: ImportResultView }) {
  const { t } = useTranslation();
  const text = useText();
  const columns: Column<ImportResultView['faults'][number]>[] = [
    {
      key: 'where',
      title: t('publication.where'),
      render: (fault) => (
        <span className="mono">
          {[fault.sheet, fault.row, fault.column].filter((part) => part !== null && part !== '').join(' · ')}
        </span>
      ),
    },
    { key: 'what', title: t('publication.what'), render: (fault) => text(fault.message) },
    { key: 'rule', title: t('publication.rule'), render: (fault) => <span className="mono">{fault.rule}</span> },
  ];
  return (
    <>
      <Alert type="error" showIcon title={t('publication.importFaults', { count: result.faults.length })} />
      <Rows
        rows={result.faults}
        columns={columns}
        rowKey={(fault) => `${fault.sheet} ${fault.row} ${fault.column} ${fault.rule} ${fault.message.en}`}
        testId="import-fault"
      />
    </>
  );
}

function ImportProducts({ result }: { result: ImportResultView }) {
  const { t } = useTranslation();
  const text = useText();
  if (result.products.length === 0) return <p>{t('publication.importEmpty')}</p>;
  return (
    <>
      <p>{t('publication.importSum', { count: result.products.length })}</p>
      {result.products.map((product, index) => (
        <details key={product.goodsId ?? `new ${index + 1}`} className="panel" data-testid="import-product">
          <summary>
            {text(product.name) || t('publication.noName')}{' '}
            <span className="soft">
              {product.goodsId === null
                ? t('publication.importNew')
                : t('publication.changes', { count: product.differences.length })}
              {product.draftFaults.length > 0 && ` · ${t('publication.left', { count: product.draftFaults.length })}`}
            </span>
          </summary>
          <DifferenceView
            differences={product.differences}
            before={t('publication.asItIs')}
            after={t('publication.inTheFile')}
          />
        </details>
      ))}
    </>
  );
}
