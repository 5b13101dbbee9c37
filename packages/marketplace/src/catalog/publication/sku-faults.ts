/** SKUs of a specification: C7, C8, C9 and one SKU per combination of values (C2). Pure. */
import type { AccessRules } from '../access-types.ts';
import type { DraftSpecification } from './draft.ts';
import { type DraftFault, fault } from './faults.ts';

const PRESET_NAMES = new Set(['appname', 'version', 'os', 'mode', '应用名称', '版本', '操作系统', '所属模式']);
const MOST_ATTRIBUTES = 5;
const MOST_VALUES = 10;
const MOST_SKUS = 100;

/** @returns the name if the marketplace has given it away (C7); case does not matter */
export const presetName = (names: readonly string[]): string | null =>
  names.find((name) => PRESET_NAMES.has(name.trim().toLowerCase())) ?? null;

export function skuFaults(spec: DraftSpecification, rules: AccessRules, path: string): DraftFault[] {
  const { skus } = spec;
  const at = `${path}.skus`;
  if (skus.length === 0) return [fault(at, 'C2', '规格至少有一个 SKU', 'A specification has at least one SKU')];
  const faults: DraftFault[] = [];
  if (skus.length > MOST_SKUS)
    faults.push(
      fault(
        at,
        'C9',
        `最多 ${MOST_SKUS} 个 SKU，现有 ${skus.length} 个`,
        `At most ${MOST_SKUS} SKUs; there are ${skus.length}`,
      ),
    );
  if (!rules.multiSku && skus.length > 1)
    faults.push(
      fault(at, 'catalogue.md 2', '该接入类型的规格只有一个 SKU', 'This access type has one SKU per specification'),
    );
  return [...faults, ...attributeFaults(spec, at), ...valueFaults(spec, at), ...combinationFaults(spec, at)];
}

/** All SKUs have the same attributes, at most five, none with a preset name. */
function attributeFaults({ skus }: DraftSpecification, at: string): DraftFault[] {
  const faults: DraftFault[] = [];
  const codes = skus[0]?.attributes.map(({ code }) => code) ?? [];
  if (codes.length > MOST_ATTRIBUTES)
    faults.push(
      fault(
        `${at}.0.attributes`,
        'C8',
        `最多 ${MOST_ATTRIBUTES} 个枚举属性`,
        `At most ${MOST_ATTRIBUTES} enumerated attributes`,
      ),
    );
  if (new Set(codes).size !== codes.length)
    faults.push(fault(`${at}.0.attributes`, 'C8', '属性编码重复', 'An attribute code stands there twice'));
  for (const [place, sku] of skus.entries()) {
    const own = sku.attributes.map(({ code }) => code);
    if (own.join('\n') !== codes.join('\n'))
      faults.push(
        fault(
          `${at}.${place}.attributes`,
          'C8',
          '同一规格的 SKU 须有相同的属性',
          'All SKUs of a specification have the same attributes',
        ),
      );
    for (const [index, { code, name, value }] of sku.attributes.entries()) {
      const here = `${at}.${place}.attributes.${index}`;
      if ([name.zh, name.en, value.zh, value.en].some((text) => text.trim() === ''))
        faults.push(
          fault(here, 'C6', '请填写属性和取值的中英文名称', 'Attribute and value have a name in both languages'),
        );
      if (!/^[A-Za-z][A-Za-z0-9_]{0,31}$/.test(code))
        faults.push(
          fault(
            `${here}.code`,
            'C6',
            '属性编码以字母开头，由字母、数字、_ 组成',
            'An attribute code is a letter, then letters, digits, _',
          ),
        );
      const preset = place === 0 ? presetName([code, name.zh, name.en]) : null;
      if (preset !== null)
        faults.push(fault(here, 'C7', `“${preset}”是系统预置属性，不能使用`, `“${preset}” is a preset attribute name`));
    }
  }
  return faults;
}

function valueFaults({ skus }: DraftSpecification, at: string): DraftFault[] {
  const values = new Map<string, Set<string>>();
  for (const { code, value } of skus.flatMap(({ attributes }) => attributes))
    values.set(code, (values.get(code) ?? new Set()).add(value.en.trim()));
  return [...values].flatMap(([code, { size }]) =>
    size <= MOST_VALUES
      ? []
      : [
          fault(
            at,
            'C9',
            `属性 ${code} 有 ${size} 个取值，最多 ${MOST_VALUES} 个`,
            `The attribute ${code} has ${size} values, at most ${MOST_VALUES} are allowed`,
          ),
        ],
  );
}

function combinationFaults({ skus }: DraftSpecification, at: string): DraftFault[] {
  const seen = new Set<string>();
  return skus.flatMap(({ attributes }, place) => {
    const key = attributes.map(({ code, value }) => `${code}=${value.en.trim()}`).join('\n');
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [fault(`${at}.${place}`, 'C2', '属性取值的组合重复', 'Another SKU has the same combination of values')];
  });
}
