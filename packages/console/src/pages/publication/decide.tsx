import { Button, Checkbox, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decideApplication } from '../../api/publication.ts';
import type { ApplicationView, Section } from '../../api/publication-types.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { sections } from './faults.ts';

const longest = { reason: 500, comment: 2_000 } as const;

/** What a reviewer looks at, section by section: in order, or a reason why not (O-4). One decision for all of them. */
export function Decide({ application }: { application: ApplicationView }) {
  const { t } = useTranslation();
  const id = useId();
  const [checked, setChecked] = useState<ReadonlySet<Section>>(new Set());
  const [reasons, setReasons] = useState<Readonly<Partial<Record<Section, string>>>>({});
  const [comment, setComment] = useState('');
  const [tried, setTried] = useState<'approve' | 'reject'>();
  const given = sections.flatMap((section) => {
    const reason = reasons[section]?.trim() ?? '';
    return reason === '' ? [] : [{ section, reason }];
  });
  const asked = application.kind === 'REMOVAL' ? [] : sections;
  const unseen = asked.filter((section) => !checked.has(section));
  const decide = useCommand({
    run: (approve: boolean) =>
      decideApplication(application.applicationId, { approve, reasons: approve ? [] : given, comment: comment.trim() }),
    refresh: [],
    done: t('publication.decided'),
    onFailed: () => true,
  });
  const approve = (): void => {
    setTried('approve');
    if (given.length === 0 && unseen.length === 0) decide.mutate(true);
    else if (given.length === 0) document.getElementById(`${id}-${unseen[0]}`)?.focus();
  };
  const reject = (): void => {
    setTried('reject');
    if (given.length > 0) decide.mutate(false);
    else document.getElementById(`${id}-reason-ACCESS`)?.focus();
  };
  const why =
    tried === 'approve' && given.length > 0
      ? t('publication.reasonsGiven')
      : tried === 'approve' && unseen.length > 0
        ? t('publication.notLookedAt', {
            sections: unseen.map((section) => t(`publication.steps.${section}`)).join(t('publication.listComma')),
          })
        : tried === 'reject' && given.length === 0
          ? t('publication.reasonMissing')
          : '';
  return (
    <Panel title={t('publication.decision')}>
      <div className="stack" data-testid="decide">
        {sections.map((section) => {
          const name = t(`publication.steps.${section}`);
          return (
            <div key={section} className="checklist">
              {asked.length > 0 ? (
                <Checkbox
                  id={`${id}-${section}`}
                  checked={checked.has(section)}
                  onChange={({ target }) => setChecked((so) => marked(so, section, target.checked))}
                  data-testid={`seen-${section}`}
                >
                  <strong>{name}</strong>
                  <div className="soft">{t(`publication.checklist.${section}`)}</div>
                </Checkbox>
              ) : (
                <strong>{name}</strong>
              )}
              <Input.TextArea
                id={`${id}-reason-${section}`}
                aria-label={t('publication.reasonFor', { section: name })}
                placeholder={t('publication.reasonFor', { section: name })}
                autoSize={{ minRows: 1, maxRows: 5 }}
                maxLength={longest.reason}
                value={reasons[section] ?? ''}
                onChange={({ target }) => setReasons({ ...reasons, [section]: target.value })}
                data-testid={`reason-${section}`}
              />
            </div>
          );
        })}
        <div className="filter">
          <label htmlFor={`${id}-comment`}>{t('publication.comment')}</label>
          <Input.TextArea
            id={`${id}-comment`}
            autoSize={{ minRows: 1, maxRows: 6 }}
            maxLength={longest.comment}
            value={comment}
            onChange={({ target }) => setComment(target.value)}
            data-testid="decision-comment"
          />
        </div>
        <div className="row">
          <Button type="primary" onClick={approve} loading={decide.isPending} data-testid="approve">
            {t('publication.approve')}
          </Button>
          <Button danger onClick={reject} loading={decide.isPending} data-testid="reject">
            {t('publication.reject')}
          </Button>
          <span className="fault" role={why === '' ? undefined : 'alert'}>
            {why}
          </span>
        </div>
        <p className="soft">{t(`publication.decisionHelp.${application.kind}`)}</p>
        {decide.error != null && <Failure error={decide.error} />}
      </div>
    </Panel>
  );
}

function marked(already: ReadonlySet<Section>, section: Section, seen: boolean): ReadonlySet<Section> {
  const next = new Set(already);
  if (seen) next.add(section);
  else next.delete(section);
  return next;
}
