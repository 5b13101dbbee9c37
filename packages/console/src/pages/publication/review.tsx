import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { applicationQuery } from '../../api/publication.ts';
import type { ApplicationView } from '../../api/publication-types.ts';
import { Id } from '../../components/copy.tsx';
import { Loaded } from '../../components/feedback.tsx';
import { FileLink } from '../../components/file-link.tsx';
import { useBase } from '../../components/links.tsx';
import { Panel } from '../../components/page.tsx';
import { NextStep, RecordPage } from '../../components/record.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { formatInstant } from '../../format/time.ts';
import { useText } from '../../i18n/text.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { ApplicationActions, Reasons } from './applications.tsx';
import { Decide } from './decide.tsx';
import { DifferenceView } from './difference-view.tsx';
import { Preview } from './preview.tsx';
import { percentOf } from './share.ts';
import { ApplicationStatus, Due } from './state-words.tsx';

/** One application: what is proposed beside what is on sale, and the decision on it (O-4, O-5). The seller sees the same. */
export function ApplicationPage() {
  const { t } = useTranslation();
  const { applicationId = '' } = useParams({ strict: false });
  const application = useQuery(applicationQuery(applicationId));
  return (
    <Loaded query={application} title={t('publication.application')}>
      {(found) => <Application application={found} />}
    </Loaded>
  );
}

function Application({ application }: { application: ApplicationView }) {
  const { t } = useTranslation();
  const text = useText();
  const operator = useBase() === 'operator';
  const { language } = usePreferences();
  const { kind, state, removal } = application;
  const decidable = operator && state === 'PENDING';
  return (
    <RecordPage
      title={text(application.name) || t('publication.noName')}
      state={<ApplicationStatus state={state} large />}
      subtitle={
        <>
          {t(`publication.kinds.${kind}`)} ·{' '}
          <Id value={application.applicationId} name={t('publication.application')} />
        </>
      }
      next={
        <NextStep action={operator ? undefined : <ApplicationActions application={application} />}>
          {state === 'PENDING' ? (
            <>
              {!application.overdue && t(operator ? 'publication.decideBy' : 'publication.reviewedBy')}{' '}
              <Due application={{ overdue: application.overdue, time: formatInstant(application.dueAt, language) }} />
            </>
          ) : (
            t(`publication.applicationState.${state}.help`)
          )}
        </NextStep>
      }
    >
      {application.decisionBlockedBy !== null && operator && (
        <Alert
          type="info"
          showIcon
          title={text(application.decisionBlockedBy.message)}
          description={<span className="mono">{application.decisionBlockedBy.rule}</span>}
          data-testid="decision-blocked"
        />
      )}
      <Panel title={t('publication.facts')}>
        <Facts application={application} />
      </Panel>
      {application.faults.some(({ severity }) => severity === 'FAULT') && state === 'PENDING' && (
        <Alert
          type="warning"
          showIcon
          title={t('publication.faultsSince')}
          description={
            <ul style={{ margin: 0, paddingLeft: 18 }}>
              {application.faults.map((fault) => (
                <li key={`${fault.path} ${fault.rule} ${fault.message.en}`}>
                  {text(fault.message)} <span className="mono">{fault.rule}</span>
                </li>
              ))}
            </ul>
          }
        />
      )}
      {removal === null ? <Proposed application={application} /> : <Removal application={application} />}
      {decidable && application.mayDecide && <Decide application={application} />}
      {application.released !== null && (
        <details className="panel">
          <summary>{t('publication.asBuyersSee')}</summary>
          <Preview goodsId={application.goodsId} content={application.content} />
        </details>
      )}
    </RecordPage>
  );
}

/** A change beside what is on sale; a new product as buyers will see it, its single members folded. */
function Proposed({ application }: { application: ApplicationView }) {
  const { t } = useTranslation();
  const { released, differences, goodsId, content } = application;
  if (released !== null) {
    return (
      <Panel title={t('publication.differences')}>
        <DifferenceView
          differences={differences}
          before={t('publication.onSaleNow')}
          after={t('publication.proposed')}
        />
      </Panel>
    );
  }
  return (
    <>
      <Panel title={t('publication.asBuyersSee')}>
        <Preview goodsId={goodsId} content={content} />
      </Panel>
      <details className="panel">
        <summary>{t('publication.proposed')}</summary>
        <DifferenceView
          differences={differences}
          before={t('publication.nothingBefore')}
          after={t('publication.proposed')}
        />
      </details>
    </>
  );
}

function Facts({ application }: { application: ApplicationView }) {
  const { t } = useTranslation();
  const operator = useBase() === 'operator';
  const { goodsId, content, interface: address } = application;
  return (
    <dl className="facts">
      <Pair term={t('lives.seller')} value={application.seller.name} />
      <Pair
        term={t('publication.goodsId')}
        value={
          application.released === null ? (
            <span className="mono">{goodsId}</span>
          ) : (
            <Link to={operator ? '/operator/products/$goodsId' : '/seller/products/$goodsId'} params={{ goodsId }}>
              <span className="mono">{goodsId}</span>
            </Link>
          )
        }
      />
      <Pair term={t('publication.accessType')} value={t(`publication.types.${application.accessType}.name`)} />
      <Pair term={t('publication.class')} value={t(`publication.classes.${application.class}`)} />
      <Pair term={t('publication.share')} value={<Share application={application} />} />
      <Pair term={t('publication.submittedAt')} value={<Instant at={application.submittedAt} />} />
      <Pair term={t('publication.submittedBy')} value={application.submittedBy} />
      {address.protocol !== 'none' && (
        <Pair
          term={t('publication.productionUrl')}
          value={
            <>
              {t(`publication.protocols.${address.protocol}`)} <span className="mono">{address.productionUrl}</span>
            </>
          }
        />
      )}
      {content.certificates.length > 0 && (
        <Pair
          term={t('publication.certificates')}
          value={content.certificates.map((file) => <FileLink key={file.fileId} file={file} />)}
        />
      )}
      {content.deliveryTemplate !== null && (
        <Pair term={t('publication.deliveryTemplate')} value={<FileLink file={content.deliveryTemplate} />} />
      )}
      {application.decidedAt !== null && (
        <>
          <Pair term={t('publication.decidedAt')} value={<Instant at={application.decidedAt} />} />
          <Pair term={t('publication.decidedBy')} value={application.decidedBy ?? '—'} />
        </>
      )}
      {application.version !== null && (
        <Pair term={t('publication.versionNumber')} value={String(application.version)} />
      )}
      {(application.reasons.length > 0 || application.comment !== '') && (
        <Pair term={t('publication.reason')} value={<Reasons application={application} />} />
      )}
    </dl>
  );
}

/** With what S1-7 says of it: above the standard it is the operator who agrees. */
function Share({ application: { content, faults } }: { application: ApplicationView }) {
  const { t } = useTranslation();
  const text = useText();
  const told = faults.filter(({ path }) => path === 'sellerShare');
  return (
    <>
      <span className="num">{percentOf(content.sellerShare)}%</span>
      {content.class !== 'GENERAL' && (
        <div className="soft" data-testid="floor-discount">
          {t(`publication.shareModes.${content.shareMode}`)}
          {content.floorDiscount !== null &&
            ` · ${t('publication.floorDiscount')} ${percentOf(content.floorDiscount)}%`}
        </div>
      )}
      {told.map(({ rule, message }) => (
        <div key={rule} className="hint" data-testid="share-above-standard">
          {text(message)} <span className="mono">{rule}</span>
        </div>
      ))}
    </>
  );
}

/** S-37, O-5: what is to be stopped, why, with what proof, and who is affected. */
function Removal({ application }: { application: ApplicationView }) {
  const { t } = useTranslation();
  const text = useText();
  const { removal, content, runningInstances } = application;
  if (removal === null) return null;
  const parts = content.specifications.flatMap((one) => {
    if (removal.specificationIds.includes(one.specificationId ?? '')) return [text(one.name)];
    return one.skus
      .filter(({ skuCode }) => removal.skuCodes.includes(skuCode ?? ''))
      .map(({ attributes }) => [text(one.name), ...attributes.map(({ value }) => text(value))].join(' '));
  });
  return (
    <Panel title={t('publication.removal')}>
      <dl className="facts">
        <Pair
          term={t('publication.removalOf')}
          value={parts.length === 0 ? t('publication.wholeProduct') : parts.map((part) => <div key={part}>{part}</div>)}
        />
        <Pair term={t('publication.reason')} value={<span className="prose">{removal.reason}</span>} />
        <Pair
          term={t('publication.proof')}
          value={
            removal.proof.length === 0 ? '—' : removal.proof.map((file) => <FileLink key={file.fileId} file={file} />)
          }
        />
        <Pair term={t('publication.running')} value={t('publication.runningCount', { count: runningInstances })} />
      </dl>
    </Panel>
  );
}
