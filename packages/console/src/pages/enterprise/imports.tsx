import type {
  EnterpriseView,
  FileRefView,
  ImportDecision,
  ImportJobView,
  ImportRowPage,
} from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Progress } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { beginImport, decideImport, importRowsQuery, importsQuery, peopleFileUrl } from '../../api/enterprise.ts';
import { useCommand } from '../../components/command.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { FileUpload } from '../../components/file-upload.tsx';
import { Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { usePreferences } from '../../shell/preferences.tsx';
import { EnterpriseFrame } from './frame.tsx';

/** People by file (E-16, E-17): template, check with the fault of each row, then all or nothing; and the way out. */
export function ImportsPage() {
  return <EnterpriseFrame>{(enterprise) => <Imports enterprise={enterprise} />}</EnterpriseFrame>;
}

function Imports({ enterprise }: { enterprise: EnterpriseView }) {
  const { t } = useTranslation();
  const { enterpriseId } = enterprise;
  return (
    <>
      <Panel title={t('people.imports.title')}>
        <div className="stack">
          <p className="soft">{t('people.imports.intro')}</p>
          <Downloads enterpriseId={enterpriseId} />
          <Begin enterprise={enterprise} />
        </div>
      </Panel>
      <Loaded query={useQuery(importsQuery(enterpriseId))}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty sentence={t('people.imports.none')} />
          ) : (
            items.map((job) => <Job key={job.importId} enterpriseId={enterpriseId} job={job} />)
          )
        }
      </Loaded>
    </>
  );
}

function Downloads({ enterpriseId }: { enterpriseId: string }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const formats = ['xlsx', 'csv'] as const;
  return (
    <ul className="row" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {formats.map((format) => (
        <li key={`template-${format}`}>
          <a
            href={peopleFileUrl(enterpriseId, 'import-template', { format, language })}
            download
            data-testid={`template-${format}`}
          >
            {t('people.imports.template', { format: format.toUpperCase() })}
          </a>
        </li>
      ))}
      {formats.map((format) => (
        <li key={`export-${format}`}>
          <a
            href={peopleFileUrl(enterpriseId, 'members-file', { format, language })}
            download
            data-testid={`export-${format}`}
          >
            {t('people.imports.export', { format: format.toUpperCase() })}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Begin({ enterprise }: { enterprise: EnterpriseView }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<FileRefView | null>(null);
  const { enterpriseId } = enterprise;
  const begin = useCommand({
    run: (fileId: string) => beginImport(enterpriseId, fileId),
    refresh: ['enterprises', enterpriseId, 'imports'],
    onDone: () => setFile(null),
  });
  const fixed = enterprise.source === 'SCIM';
  return (
    <>
      <FileUpload purpose="MEMBERS" label={t('people.imports.file')} value={file} onChange={setFile} disabled={fixed} />
      <div>
        <Button
          type="primary"
          disabled={file === null || fixed}
          loading={begin.isPending}
          onClick={() => file && begin.mutate(file.fileId)}
          data-testid="begin-import"
        >
          {t('people.imports.begin')}
        </Button>
      </div>
    </>
  );
}

const MARKS = {
  CHECKING: 'run',
  CHECKED: 'wait',
  APPLYING: 'run',
  DONE: 'ok',
  DISCARDED: 'idle',
  FAILED: 'bad',
} as const;

function Job({ enterpriseId, job }: { enterpriseId: string; job: ImportJobView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { importId, state, rowsRead, rowsTotal, rowsFaulty: faulty, members, departments, encoding, error } = job;
  const busy = state === 'CHECKING' || state === 'APPLYING';
  const counted = state === 'CHECKED' || state === 'DONE';
  return (
    <Panel title={job.fileName}>
      <div className="stack" data-testid="import" data-state={state}>
        <div className="row">
          <span className={`state state--${MARKS[state]}`} data-testid="import-state">
            {t(`people.imports.state.${state}`)}
          </span>
          <Instant at={job.createdAt} />
          {encoding !== null && <span className="soft">{t('people.imports.encoding', { encoding })}</span>}
        </div>
        {busy && (
          <Progress
            percent={rowsTotal === null ? 0 : Math.floor((rowsRead / Math.max(1, rowsTotal)) * 100)}
            aria-label={t('people.imports.rows', { read: rowsRead, total: rowsTotal ?? '…' })}
          />
        )}
        {error !== null && (
          <Alert
            type={error === 'CHANGED' ? 'warning' : 'error'}
            showIcon
            role="alert"
            title={error === 'CHANGED' ? t('people.imports.changed') : t(`people.imports.error.${error}`)}
          />
        )}
        {counted && <p data-testid="import-found">{t('people.imports.found', { departments, members, faulty })}</p>}
        {counted && (
          <a href={peopleFileUrl(enterpriseId, `imports/${importId}/result`, { format: 'xlsx', language })} download>
            {t('people.imports.result')}
          </a>
        )}
        {state === 'CHECKED' && <Decide enterpriseId={enterpriseId} job={job} />}
        {state === 'CHECKED' && <Preview enterpriseId={enterpriseId} importId={importId} faulty={faulty > 0} />}
      </div>
    </Panel>
  );
}

function Decide({ enterpriseId, job }: { enterpriseId: string; job: ImportJobView }) {
  const { t } = useTranslation();
  const decide = useCommand({
    run: (decision: ImportDecision) => decideImport(enterpriseId, job.importId, decision),
    refresh: ['enterprises', enterpriseId],
    done: t('people.imports.decided'),
  });
  const { rowsFaulty: faulty, members, departments } = job;
  const nothing = members + departments === 0;
  return (
    <div className="stack stack--tight">
      <div className="row">
        <Button
          type="primary"
          disabled={faulty > 0 || nothing}
          loading={decide.isPending}
          onClick={() => decide.mutate('APPLY')}
          data-testid="apply"
        >
          {t('people.imports.apply')}
        </Button>
        {faulty > 0 && (
          <Button disabled={nothing} onClick={() => decide.mutate('APPLY_VALID')} data-testid="apply-valid">
            {t('people.imports.applyValid')}
          </Button>
        )}
        <Button onClick={() => decide.mutate('DISCARD')} data-testid="discard">
          {t('people.imports.discard')}
        </Button>
      </div>
      {faulty > 0 && <span className="soft">{t('people.imports.applyBlocked', { faulty })}</span>}
    </div>
  );
}

type PreviewRow = ImportRowPage['items'][number];

function Preview({ enterpriseId, importId, faulty }: { enterpriseId: string; importId: string; faulty: boolean }) {
  const { t } = useTranslation();
  const [only, setOnly] = useState(faulty);
  const rows = useQuery(importRowsQuery(enterpriseId, importId, { faulty: only ? 'true' : 'false', limit: 20 }));
  const cell = (name: 'departmentCode' | 'userName' | 'name' | 'mobile' | 'email'): Column<PreviewRow> => ({
    key: name,
    title: t(`people.imports.column.${name}`),
    render: ({ values }) => values[name] ?? '—',
  });
  const columns: Column<PreviewRow>[] = [
    {
      key: 'row',
      title: t('people.imports.row'),
      align: 'right',
      render: ({ row }) => <span className="num">{row}</span>,
    },
    cell('departmentCode'),
    cell('userName'),
    cell('name'),
    cell('mobile'),
    cell('email'),
    {
      key: 'faults',
      title: t('people.imports.faults'),
      render: ({ faults }) =>
        faults.length === 0 ? (
          <span className="state state--ok">{t('people.imports.fine')}</span>
        ) : (
          <ul className="fault" style={{ margin: 0, paddingInlineStart: 16 }}>
            {faults.map(({ column, code }) => (
              <li key={column}>{`${t(`people.imports.column.${column}`)}: ${t(`people.imports.fault.${code}`)}`}</li>
            ))}
          </ul>
        ),
    },
  ];
  return (
    <section aria-label={t('people.imports.preview')} className="stack">
      <Checkbox checked={only} onChange={({ target }) => setOnly(target.checked)} data-testid="only-faulty">
        {t('people.imports.onlyFaulty')}
      </Checkbox>
      <Loaded query={rows}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">{t('people.imports.empty')}</p>
          ) : (
            <Rows rows={items} columns={columns} rowKey={({ row }) => String(row)} testId="import-row" />
          )
        }
      </Loaded>
    </section>
  );
}
