import { CopyOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useText } from '../../i18n/text.ts';
import { isReleased, useEditor } from './editor-context.ts';
import { blocking, faultsWithin } from './faults.ts';
import { GroupFaults } from './field.tsx';
import { copyOf, specificationFor } from './new-parts.ts';
import { SpecificationEditor } from './specification-editor.tsx';

const mostSpecifications = 50;

interface SpecificationsStepProps {
  /** place of the specification that is open; −1 = none */
  readonly open: number;
  readonly onOpen: (index: number) => void;
}

/** Fourth step: what is sold and for how much. One specification is open at a time, the others are lines. */
export function SpecificationsStep({ open, onOpen }: SpecificationsStepProps) {
  const { t } = useTranslation();
  const text = useText();
  const { content, draft, form, rules, faults, change } = useEditor();
  const all = content.specifications;
  if (!rules.traded) return <p className="soft">{t('publication.notTraded')}</p>;
  const put = (specifications: typeof all, next: number): void => {
    change({ specifications });
    onOpen(next);
  };
  return (
    <>
      <p className="soft">{t('publication.specificationsHelp')}</p>
      {all.map((one, index) => {
        const here = `specifications.${index}`;
        const wrong = blocking(faultsWithin(faults, here)).length;
        const name = text(one.name) || t('publication.unnamed', { number: index + 1 });
        const released = isReleased(draft, one.specificationId);
        return (
          <section
            key={one.specificationId ?? here}
            className="panel stack"
            aria-label={name}
            data-testid="specification-part"
          >
            <div className="row" style={{ justifyContent: 'space-between' }}>
              <button
                type="button"
                className="fold"
                aria-expanded={open === index}
                onClick={() => onOpen(open === index ? -1 : index)}
                data-testid={`specification-${index}`}
              >
                <strong>{name}</strong>{' '}
                <span className="soft">
                  {t(`charging.${one.chargingMode}`)} · {t('publication.skuCount', { count: one.skus.length })}
                </span>{' '}
                {wrong > 0 && <span className="state state--bad">{t('publication.faultCount', { count: wrong })}</span>}
              </button>
              <span className="row">
                <Button
                  type="text"
                  icon={<CopyOutlined />}
                  disabled={all.length >= mostSpecifications}
                  aria-label={t('publication.copyOf', { name })}
                  title={t('publication.copyOf', { name })}
                  onClick={() => put([...all, copyOf(one)], all.length)}
                />
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  disabled={released || all.length === 1}
                  aria-label={t('publication.removeOf', { name })}
                  title={released ? t('publication.releasedStays') : t('publication.removeOf', { name })}
                  onClick={() =>
                    put(
                      all.filter((_, place) => place !== index),
                      -1,
                    )
                  }
                />
              </span>
            </div>
            {open === index && <SpecificationEditor index={index} specification={one} />}
          </section>
        );
      })}
      <div>
        <Button
          icon={<PlusOutlined />}
          disabled={all.length >= mostSpecifications}
          onClick={() => put([...all, specificationFor(rules, form.currency)], all.length)}
          data-testid="add-specification"
        >
          {t('publication.addSpecification')}
        </Button>
      </div>
      <GroupFaults path="specifications" />
    </>
  );
}
