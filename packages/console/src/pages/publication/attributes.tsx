import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useText } from '../../i18n/text.ts';
import { NewAttribute } from './attribute-dialog.tsx';
import { isReleased, useEditor } from './editor-context.ts';
import { GroupFaults } from './field.tsx';
import {
  type Axis,
  addAxis,
  addValue,
  axesOf,
  combinations,
  mostAttributes,
  mostSkus,
  mostValues,
  removeAxis,
  removeValue,
  renameValue,
} from './matrix.ts';
import type { PartProps } from './specification-editor.tsx';

/** The enumerated attributes of a specification (C8, C9): each value makes a column of combinations in the price table. */
export function Attributes({ index, specification }: PartProps) {
  const { t } = useTranslation();
  const { draft, changeSpecification } = useEditor();
  const axes = axesOf(specification.skus);
  const count = combinations(axes);
  const released = isReleased(draft, specification.specificationId);
  const put = (skus: typeof specification.skus): void => changeSpecification(index, (one) => ({ ...one, skus }));
  return (
    <fieldset className="editor-group" data-testid="attributes">
      <legend>{t('publication.attributes')}</legend>
      <p className="soft">{t('publication.attributesHelp', { attributes: mostAttributes, values: mostValues })}</p>
      {axes.map((axis) => (
        <AxisEditor
          key={axis.code}
          axis={axis}
          count={count}
          locked={released}
          onRemove={() => put(removeAxis(specification.skus, axis.code))}
          onAdd={(value) => put(addValue(specification.skus, axis.code, value))}
          onRename={(value, next) => put(renameValue(specification.skus, axis.code, value, next))}
          onDrop={(value) => put(removeValue(specification.skus, axis.code, value))}
        />
      ))}
      {released ? (
        <p className="soft">{t('publication.attributesReleased')}</p>
      ) : (
        <AddAttribute
          taken={axes.map(({ code }) => code)}
          onAdd={(axis) => put(addAxis(specification.skus, axis, { zh: '默认', en: 'Default' }))}
        />
      )}
      <GroupFaults path={`specifications.${index}.skus`} />
    </fieldset>
  );
}

function AddAttribute({ taken, onAdd }: { taken: readonly string[]; onAdd: (axis: Omit<Axis, 'values'>) => void }) {
  const { t } = useTranslation();
  const text = useText();
  const id = useId();
  const { form } = useEditor();
  const [defining, setDefining] = useState(false);
  const free = form.attributes.filter(({ type, code }) => type === 'ENUMERATION' && !taken.includes(code));
  if (taken.length >= mostAttributes) return <p className="soft">{t('publication.most', { most: mostAttributes })}</p>;
  return (
    <div className="row">
      <label htmlFor={id} className="visually-hidden">
        {t('publication.addAttribute')}
      </label>
      <Select
        id={id}
        style={{ minWidth: 220 }}
        value={null}
        placeholder={t('publication.addAttribute')}
        showSearch={{ optionFilterProp: 'label' }}
        notFoundContent={t('publication.noAttributes')}
        options={free.map((one) => ({ value: one.code, label: `${text(one.name)} (${one.code})` }))}
        onChange={(code: string | null) => {
          const found = free.find((one) => one.code === code);
          if (found !== undefined) onAdd({ code: found.code, name: found.name });
        }}
        data-testid="add-attribute"
      />
      <Button icon={<PlusOutlined />} onClick={() => setDefining(true)} data-testid="define-attribute">
        {t('publication.defineAttribute')}
      </Button>
      {defining && (
        <NewAttribute
          taken={taken}
          onClose={() => setDefining(false)}
          onDefined={({ code, name }) => {
            setDefining(false);
            onAdd({ code, name });
          }}
        />
      )}
    </div>
  );
}

type Value = Axis['values'][number];

interface AxisEditorProps {
  readonly axis: Axis;
  /** combinations of all attributes now */
  readonly count: number;
  /** combinations were released: they stay (C36), new values may be added */
  readonly locked: boolean;
  readonly onRemove: () => void;
  readonly onAdd: (value: Value) => void;
  readonly onRename: (value: Value, next: Value) => void;
  readonly onDrop: (value: Value) => void;
}

function AxisEditor({ axis, count, locked, onRemove, onAdd, onRename, onDrop }: AxisEditorProps) {
  const { t } = useTranslation();
  const text = useText();
  const more = (count / Math.max(1, axis.values.length)) * (axis.values.length + 1);
  const full = axis.values.length >= mostValues ? 'values' : more > mostSkus ? 'skus' : null;
  const name = text(axis.name);
  return (
    <div className="editor-axis" data-testid={`axis-${axis.code}`}>
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <span>
          <strong>{name}</strong> <span className="mono soft">{axis.code}</span>
        </span>
        {!locked && (
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('publication.removeOf', { name })}
            onClick={onRemove}
          />
        )}
      </div>
      {axis.values.map((value, index) => {
        const label = `${name} ${index + 1}`;
        return (
          // a value keeps its place while it is renamed
          <ValueRow
            key={label}
            name={label}
            value={value}
            others={axis.values.filter((one) => one !== value)}
            fixed={locked || axis.values.length === 1}
            onRename={(next) => onRename(value, next)}
            onDrop={() => onDrop(value)}
          />
        );
      })}
      <div className="row">
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={full !== null}
          onClick={() => onAdd(freeValue(axis.values))}
          data-testid={`add-value-${axis.code}`}
        >
          {t('publication.addValue')}
        </Button>
        {full !== null && (
          <span className="soft">
            {t(full === 'values' ? 'publication.fullValues' : 'publication.fullSkus', {
              values: mostValues,
              skus: mostSkus,
            })}
          </span>
        )}
      </div>
    </div>
  );
}

function freeValue(values: readonly Value[]): Value {
  const taken = new Set(values.flatMap(({ zh, en }) => [zh, en]));
  let number = values.length + 1;
  while (taken.has(`值 ${number}`) || taken.has(`Value ${number}`)) number += 1;
  return { zh: `值 ${number}`, en: `Value ${number}` };
}

interface ValueRowProps {
  readonly name: string;
  readonly value: Value;
  readonly others: readonly Value[];
  readonly fixed: boolean;
  readonly onRename: (next: Value) => void;
  readonly onDrop: () => void;
}

/** A value in both languages. One that is like another's waits in the field until it differs: two combinations are never one. */
function ValueRow({ name, value, others, fixed, onRename, onDrop }: ValueRowProps) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const clash = others.some(({ zh, en }) => (zh !== '' && zh === typed.zh) || (en !== '' && en === typed.en));
  const put = (next: Value): void => {
    setTyped(next);
    const same = others.some(({ zh, en }) => (zh !== '' && zh === next.zh) || (en !== '' && en === next.en));
    if (!same) onRename(next);
  };
  return (
    <div>
      <div className="row" style={{ flexWrap: 'nowrap' }}>
        {(['zh', 'en'] as const).map((language) => (
          <Input
            key={language}
            value={typed[language]}
            status={clash ? 'error' : ''}
            aria-invalid={clash}
            aria-label={`${name} ${t(`publication.language.${language}`)}`}
            aria-describedby={`${id}-rule`}
            onChange={(event) => put({ ...typed, [language]: event.target.value })}
            data-testid={`value-${language}`}
          />
        ))}
        <Button
          type="text"
          icon={<DeleteOutlined />}
          disabled={fixed}
          aria-label={t('publication.removeOf', { name })}
          onClick={onDrop}
        />
      </div>
      <span id={`${id}-rule`} className="fault" role={clash ? 'alert' : undefined}>
        {clash ? t('publication.sameValue') : ''}
      </span>
    </div>
  );
}
