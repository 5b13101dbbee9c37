import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../components/feedback.tsx';
import { formatInstant } from '../../format/time.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { type DraftState, phaseOf } from './draft-state.ts';

interface SaveStateProps {
  readonly state: DraftState;
  readonly onReload: () => void;
  readonly onKeep: () => void;
}

/** Quietly: when the draft was saved. Loudly: that it was not, or that somebody else wrote into it. */
export function SaveState({ state, onReload, onKeep }: SaveStateProps) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const phase = phaseOf(state);
  const time = formatInstant(state.savedAt, language);
  return (
    <>
      <p className="soft" role="status" data-testid="save-state" data-phase={phase}>
        {phase === 'saved' ? t('publication.savedAt', { time }) : t(`publication.phase.${phase}`)}
      </p>
      {phase === 'failed' && <Failure error={state.error} />}
      {phase === 'conflict' && (
        <Alert
          type="warning"
          showIcon
          role="alert"
          data-testid="draft-conflict"
          title={t('publication.conflict')}
          description={
            <div className="stack stack--tight">
              <span>{t('publication.conflictHelp')}</span>
              <div className="row">
                <Button onClick={onReload} data-testid="take-theirs">
                  {t('publication.takeTheirs')}
                </Button>
                <Button danger onClick={onKeep} data-testid="keep-mine">
                  {t('publication.keepMine')}
                </Button>
              </div>
            </div>
          }
        />
      )}
    </>
  );
}
