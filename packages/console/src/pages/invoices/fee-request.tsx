import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Radio } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askFeeInvoice, feeOffersQuery, saveTemplate, templateQuery } from '../../api/invoices.ts';
import { useCommand } from '../../components/command.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { addDecimal, compareDecimal, isDecimal } from '../../format/decimal.ts';
import { useMoney } from '../settlement/words.ts';
import { draftOf, emptyTitle, type TitleDraft, titleFaultOf, titleRequestOf } from './title-draft.ts';
import { TitleFields } from './title-fields.tsx';

type Kind = 'SPECIAL_DIGITAL' | 'ORDINARY_DIGITAL';

/** The seller chooses paid requisitions; negative fees are taken along and cannot be left out (S3-29, S5-30). */
export function FeeRequest() {
  const { t } = useTranslation();
  const id = useId();
  const money = useMoney();
  const offers = useQuery(feeOffersQuery);
  const template = useQuery(templateQuery).data?.template ?? null;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [kind, setKind] = useState<Kind>('SPECIAL_DIGITAL');
  const ask = useCommand({
    run: () => askFeeInvoice({ requisitionIds: [...chosen], kind }),
    refresh: ['invoices'],
    done: t('invoices.fee.asked'),
    onDone: () => setChosen([]),
  });
  return (
    <Panel title={t('invoices.fee.title')}>
      <p className="soft">{t('invoices.fee.intro')}</p>
      <Loaded query={offers}>
        {({ items }) => {
          if (items.length === 0) return <p data-testid="no-fee">{t('invoices.fee.nothing')}</p>;
          const taken = items.filter((each) => each.preselected || chosen.includes(each.requisitionId));
          const sum = taken.reduce((total, { fee }) => (isDecimal(fee) ? addDecimal(total, fee) : total), '0');
          const positive = isDecimal(sum) && compareDecimal(sum, '0') > 0;
          return (
            <div className="stack">
              <ul className="plain" data-testid="fee-offers">
                {items.map(({ requisitionId, periods, fee, preselected }) => (
                  <li key={requisitionId}>
                    <Checkbox
                      checked={preselected || chosen.includes(requisitionId)}
                      disabled={preselected}
                      onChange={({ target }) =>
                        setChosen(
                          target.checked ? [...chosen, requisitionId] : chosen.filter((one) => one !== requisitionId),
                        )
                      }
                    >
                      <span className="num">{periods.join(', ')}</span> · <span className="mono">{requisitionId}</span>{' '}
                      · <span className="num">{money(fee, 'CNY')}</span>
                      {preselected && <span className="soft"> {t('invoices.fee.preselected')}</span>}
                    </Checkbox>
                  </li>
                ))}
              </ul>
              <div className="filter">
                <span id={`${id}-kind`}>{t('invoices.kind')}</span>
                <Radio.Group
                  aria-labelledby={`${id}-kind`}
                  value={kind}
                  onChange={({ target }) =>
                    setKind(target.value === 'ORDINARY_DIGITAL' ? target.value : 'SPECIAL_DIGITAL')
                  }
                  options={(['SPECIAL_DIGITAL', 'ORDINARY_DIGITAL'] as const).map((value) => ({
                    value,
                    label: t(`invoices.kinds.${value}`),
                  }))}
                />
              </div>
              <span className="row">
                <Button
                  type="primary"
                  disabled={!positive || chosen.length === 0 || template === null}
                  title={template === null ? t('invoices.fee.noTemplate') : undefined}
                  loading={ask.isPending}
                  onClick={() => ask.mutate(undefined)}
                  data-testid="ask-fee"
                >
                  {t('invoices.fee.ask', { amount: money(sum, 'CNY') })}
                </Button>
                {template === null && <span className="soft">{t('invoices.fee.noTemplate')}</span>}
              </span>
            </div>
          );
        }}
      </Loaded>
      <details open={template === null}>
        <summary>{t('invoices.fee.template')}</summary>
        <Template key={template?.titleId ?? 'new'} initial={template === null ? emptyTitle : draftOf(template)} />
      </details>
    </Panel>
  );
}

/** S5-29: whom these invoices are made out to, and the mailbox they go to. */
function Template({ initial }: { initial: TitleDraft }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(initial);
  const [tried, setTried] = useState(false);
  const fault = titleFaultOf(draft, 'ORDINARY_DIGITAL');
  const save = useCommand({
    run: () => saveTemplate(titleRequestOf(draft)),
    refresh: ['invoices', 'template'],
    done: t('invoices.title.saved'),
  });
  return (
    <div className="stack">
      <TitleFields draft={draft} onChange={setDraft} fault={tried ? fault : null} />
      <span>
        <Button
          loading={save.isPending}
          onClick={() => {
            setTried(true);
            if (fault === null) save.mutate(undefined);
          }}
          data-testid="save-template"
        >
          {t('invoices.title.save')}
        </Button>
      </span>
    </div>
  );
}
