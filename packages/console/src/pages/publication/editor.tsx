import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Alert, Button, Grid } from 'antd';
import { type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { draftQuery, publicationFormQuery } from '../../api/publication.ts';
import type { AccessTypeRules, DraftFaultView, DraftView, PublicationFormView } from '../../api/publication-types.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { useSearchChange } from '../../components/pager.tsx';
import { useText } from '../../i18n/text.ts';
import { parseEditorSearch } from '../../search/publication-params.ts';
import { AccessStep } from './access-step.tsx';
import { BusinessStep } from './business-step.tsx';
import { CheckStep } from './check-step.tsx';
import { DeleteDraft } from './delete-draft.tsx';
import { DeliveryStep } from './delivery-step.tsx';
import { type DraftState, phaseOf, type Written } from './draft-state.ts';
import { type Editor, EditorContext } from './editor-context.ts';
import { blocking, nearest, type Step, specificationOf, steps } from './faults.ts';
import { Preview } from './preview.tsx';
import { SaveState } from './save-state.tsx';
import { SpecificationsStep } from './specifications-step.tsx';
import { useDraft } from './use-draft.ts';
import { useTypeName } from './words.ts';

/** The product editor (S-30): four steps of fields and a last one that checks and submits; the product page beside it. */
export function EditorPage() {
  const { t } = useTranslation();
  const { goodsId = '' } = useParams({ strict: false });
  const draft = useQuery(draftQuery(goodsId));
  const form = useQuery(publicationFormQuery);
  return (
    <Loaded query={draft} title={t('publication.editor')}>
      {(found) => (
        <Loaded query={form} title={t('publication.editor')}>
          {(options) => <DraftEditor key={found.goodsId} draft={found} form={options} reload={() => draft.refetch()} />}
        </Loaded>
      )}
    </Loaded>
  );
}

interface DraftEditorProps {
  readonly draft: DraftView;
  readonly form: PublicationFormView;
  readonly reload: () => Promise<{ readonly data: DraftView | undefined }>;
}

function DraftEditor({ draft, form, reload }: DraftEditorProps) {
  const { t } = useTranslation();
  const text = useText();
  const typeName = useTypeName();
  const [state, act] = useDraft(draft);
  const search = parseEditorSearch(useSearch({ strict: false }));
  const changeSearch = useSearchChange();
  const step = search.step ?? 'ACCESS';
  const { touched, touch, all, showAll } = useTouched();
  const [open, setOpen] = useState(0);
  const [target, setTarget] = useState<Target>();
  const place = useRef<HTMLDivElement>(null);
  useFocusOn(place, target, step, () => setTarget(undefined));

  const go = (next: Step): void => {
    if (next === 'SUBMIT') showAll();
    changeSearch({ step: next });
  };
  const jump = (fault: DraftFaultView): void => {
    showAll();
    const index = specificationOf(fault.path);
    if (index !== null) setOpen(index);
    setTarget({ path: fault.path, section: fault.section });
    changeSearch({ step: fault.section });
  };
  const editor = useMemo<Editor | null>(() => {
    const rules = rulesOf(form, state);
    if (rules === null) return null;
    const edit = (change: (written: Written) => Written): void => act({ kind: 'edit', change });
    return {
      draft: { ...draft, content: state.content },
      form,
      rules,
      content: state.content,
      interface: state.interface,
      faults: state.faults,
      shows: (path) => all || [...touched].some((one) => path === one || path.startsWith(`${one}.`)),
      touch,
      change: (patch) => edit((one) => ({ ...one, content: { ...one.content, ...patch } })),
      changeInterface: (patch) => edit((one) => ({ ...one, interface: { ...one.interface, ...patch } })),
      changeSpecification: (index, next) =>
        edit((one) => ({
          ...one,
          content: {
            ...one.content,
            specifications: one.content.specifications.map((spec, at) => (at === index ? next(spec) : spec)),
          },
        })),
    };
  }, [draft, form, state, touched, touch, all, act]);
  const name = text(state.content.name);
  const content: Readonly<Record<Step, ReactNode>> = {
    ACCESS: <AccessStep />,
    BUSINESS: <BusinessStep />,
    DELIVERY: <DeliveryStep />,
    SPECIFICATIONS: <SpecificationsStep open={open} onOpen={setOpen} />,
    SUBMIT: <CheckStep phase={phaseOf(state)} revision={state.revision} onJump={jump} />,
  };
  const at = steps.indexOf(step);
  const before = steps[at - 1];
  const after = steps[at + 1];
  return (
    <Page
      title={name === '' ? t('publication.editorOf', { type: typeName(state.content) }) : name}
      tools={
        <span className="row">
          <DeleteDraft draft={draft} />
          <Link to="/seller/products">{t('nav.products')}</Link>
        </span>
      }
    >
      {editor === null ? (
        <Alert type="error" showIcon title={t('publication.typeNotSold')} />
      ) : (
        <EditorContext value={editor}>
          <Rejected draft={draft} />
          <SaveState
            state={state}
            onReload={() => void reload().then(({ data }) => data !== undefined && act({ kind: 'load', draft: data }))}
            onKeep={() => act({ kind: 'keepMine' })}
          />
          <StepBar step={step} state={state} onGo={go} />
          <div className="editor">
            <div ref={place} className="panel stack editor-form" data-testid={`step-${step}`}>
              <h2>{t(`publication.steps.${step}`)}</h2>
              {content[step]}
              <div className="row" style={{ justifyContent: 'space-between' }}>
                {before === undefined ? <span /> : <Button onClick={() => go(before)}>{t('publication.back')}</Button>}
                {after !== undefined && (
                  <Button type="primary" onClick={() => go(after)} data-testid="next-step-button">
                    {t('publication.continue', { step: t(`publication.steps.${after}`) })}
                  </Button>
                )}
              </div>
            </div>
            <PreviewSide goodsId={draft.goodsId} state={state} />
          </div>
        </EditorContext>
      )}
    </Page>
  );
}

/** What the type of this draft may do on this site; null = it is not sold here. */
function rulesOf(form: PublicationFormView, { content }: DraftState): AccessTypeRules | null {
  const { accessType, licenseVariant } = content;
  return form.accessTypes.find((one) => one.accessType === accessType && one.licenseVariant === licenseVariant) ?? null;
}

function useTouched() {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(false);
  const touch = useMemo(() => (path: string) => setTouched((so) => (so.has(path) ? so : new Set([...so, path]))), []);
  return { touched, touch, all, showAll: () => setAll(true) };
}

interface Target {
  readonly path: string;
  readonly section: Step;
}

/** Brings the field that shows a fault into sight and the keyboard to it, once its step and specification are open. */
function useFocusOn(
  place: { readonly current: HTMLElement | null },
  target: Target | undefined,
  step: Step,
  onDone: () => void,
): void {
  useEffect(() => {
    if (target === undefined || target.section !== step || place.current === null) return;
    const found = fieldOf(place.current, target.path);
    const control = found.matches('input, textarea, button')
      ? found
      : (found.querySelector<HTMLElement>('input:not([disabled]), textarea, button') ?? found);
    control.focus();
    found.scrollIntoView({ block: 'center' });
    onDone();
  });
}

/** The field of this very path, else one inside of it, else the nearest around it. */
function fieldOf(place: HTMLElement, path: string): HTMLElement {
  const fields = [...place.querySelectorAll<HTMLElement>('[data-path]')];
  for (const one of nearest(path)) {
    const found =
      fields.find((field) => field.dataset.path === one) ??
      fields.find((field) => field.dataset.path?.startsWith(`${one}.`));
    if (found !== undefined) return found;
  }
  return place;
}

/** The steps with what is left to do in each; any can be opened at any time. */
function StepBar({ step, state, onGo }: { step: Step; state: DraftState; onGo: (step: Step) => void }) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('publication.stepBar')}>
      <ol className="editor-steps">
        {steps.map((one, index) => {
          const left = blocking(state.faults).filter(({ section }) => section === one).length;
          return (
            <li key={one}>
              <button
                type="button"
                aria-current={one === step ? 'step' : undefined}
                onClick={() => onGo(one)}
                data-testid={`go-${one}`}
              >
                <span>
                  {index + 1} {t(`publication.steps.${one}`)}
                </span>
                {one !== 'SUBMIT' && (
                  <span className={left === 0 ? 'soft' : 'editor-left'}>
                    {left === 0 ? t('publication.complete') : t('publication.left', { count: left })}
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** Why the last submission came back, by section (O-4). */
function Rejected({ draft }: { draft: DraftView }) {
  const { t } = useTranslation();
  const rejected = draft.lastRejected;
  if (rejected === null || draft.openApplication !== null) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('publication.rejectedBefore')}
      data-testid="last-rejected"
      description={
        <ul style={{ margin: 0, paddingLeft: 18 }}>
          {rejected.reasons.map(({ section, reason }) => (
            <li key={section}>
              {t(`publication.steps.${section}`)}: {reason}
            </li>
          ))}
          {rejected.comment !== '' && <li>{rejected.comment}</li>}
        </ul>
      }
    />
  );
}

/** Beside the form where there is room, below a button where there is not. */
function PreviewSide({ goodsId, state }: { goodsId: string; state: DraftState }) {
  const { t } = useTranslation();
  const wide = Grid.useBreakpoint().xl ?? true;
  const [shown, setShown] = useState<boolean>();
  const content = useDeferredValue(state.content);
  const visible = shown ?? wide;
  return (
    <aside className={visible ? 'editor-preview' : ''} aria-label={t('publication.preview')}>
      <Button size="small" onClick={() => setShown(!visible)} aria-expanded={visible} data-testid="preview-toggle">
        {t(visible ? 'publication.hidePreview' : 'publication.showPreview')}
      </Button>
      {visible && <Preview goodsId={goodsId} content={content} />}
    </aside>
  );
}
