import { useNavigate } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { submitDraft } from '../../api/publication.ts';
import type { DraftFaultView } from '../../api/publication-types.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { useText } from '../../i18n/text.ts';
import type { Phase } from './draft-state.ts';
import { useEditor } from './editor-context.ts';
import { useFaultPlace } from './fault-place.ts';
import { blocking, hints, inFormOrder, sections } from './faults.ts';

interface CheckStepProps {
  readonly phase: Phase;
  readonly revision: number;
  readonly onJump: (fault: DraftFaultView) => void;
}

/** Last step: everything that still keeps the draft from review, each leading to its field; then submit (S-30). */
export function CheckStep({ phase, revision, onJump }: CheckStepProps) {
  const { t } = useTranslation();
  const { draft, faults } = useEditor();
  const navigate = useNavigate();
  const wrong = inFormOrder(blocking(faults));
  const submit = useCommand({
    run: () => submitDraft(draft.goodsId, revision),
    refresh: ['applications'],
    done: t('publication.submitted'),
    onDone: () => void navigate({ to: '/seller/applications', search: {} }),
    onFailed: () => true,
  });
  const first = wrong[0];
  const why =
    draft.openApplication !== null
      ? t('publication.openApplication')
      : first !== undefined
        ? t('publication.faultsLeft', { count: wrong.length })
        : phase !== 'saved'
          ? t('publication.waitForSave')
          : null;
  return (
    <>
      {wrong.length === 0 ? (
        <Alert type="success" showIcon title={t('publication.noFaults')} data-testid="no-faults" />
      ) : (
        <FaultList title={t('publication.faultsLeft', { count: wrong.length })} faults={wrong} onJump={onJump} />
      )}
      {hints(faults).length > 0 && (
        <FaultList title={t('publication.hints')} faults={inFormOrder(hints(faults))} onJump={onJump} />
      )}
      <p className="soft">{t(draft.kind === 'NEW' ? 'publication.reviewNew' : 'publication.reviewChange')}</p>
      <div className="row">
        <Button
          type="primary"
          size="large"
          loading={submit.isPending}
          disabled={draft.openApplication !== null || (phase !== 'saved' && first === undefined)}
          aria-describedby="why-not-submit"
          // with faults left it leads to the first of them
          onClick={() => (first === undefined ? submit.mutate(undefined) : onJump(first))}
          data-testid="submit-draft"
        >
          {t('publication.submit')}
        </Button>
        <span id="why-not-submit" className="soft" data-testid="why-not">
          {why ?? ''}
        </span>
      </div>
      {submit.error != null && <Failure error={submit.error} />}
    </>
  );
}

interface FaultListProps {
  readonly title: string;
  readonly faults: readonly DraftFaultView[];
  readonly onJump: (fault: DraftFaultView) => void;
}

function FaultList({ title, faults, onJump }: FaultListProps) {
  const { t } = useTranslation();
  const text = useText();
  const placeOf = useFaultPlace();
  return (
    <section className="stack stack--tight" aria-label={title} data-testid="fault-list">
      <h3>{title}</h3>
      {sections.map((section) => {
        const here = faults.filter((fault) => fault.section === section);
        if (here.length === 0) return null;
        return (
          <div key={section}>
            <div className="soft">{t(`publication.steps.${section}`)}</div>
            <ul className="fault-list">
              {here.map((fault) => (
                <li key={`${fault.path} ${fault.rule} ${fault.message.en}`}>
                  <button
                    type="button"
                    className="link"
                    onClick={() => onJump(fault)}
                    data-testid={fault.severity === 'HINT' ? 'hint' : 'fault'}
                  >
                    {[placeOf(fault.path), text(fault.message)].filter((word) => word !== '').join(': ')}
                  </button>{' '}
                  <span className="mono soft">{fault.rule}</span>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}
