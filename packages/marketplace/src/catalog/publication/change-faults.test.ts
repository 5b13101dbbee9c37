/** What a change of a released product may not touch (catalogue.md 8.2), and what it may. */
import { describe, expect, it } from 'vitest';
import { draftFaults } from './draft-faults.ts';
import { goodDraft, goodFacts, releasedAs } from './good-draft.test-support.ts';
import { brackets, real, type Spoil, spec, TYPE_OF, type Type } from './spoiling.test-support.ts';

describe('a change of a released product', () => {
  const changed = (type: Type, spoil: Spoil, states: ReadonlyMap<string, 'ON_SALE' | 'STOPPED'> = new Map()) => {
    const draft = goodDraft(TYPE_OF[type]);
    const facts = releasedAs(draft, goodFacts(TYPE_OF[type]));
    const next = structuredClone(draft);
    spoil(next.content);
    return real(draftFaults(next, { ...facts, released: facts.released && { ...facts.released, states } })).map(
      ({ rule }) => rule,
    );
  };
  const SAAS = goodDraft('SAAS').content;
  const CHANGES: [string, string, Type, Spoil, string[]?][] = [
    [
      'C4',
      'a charging mode',
      'license',
      (c) => {
        spec(c).chargingMode = 'ONE_TIME';
      },
    ],
    [
      'C11',
      'a step',
      'saas',
      (c) => {
        const q = spec(c).linearAttribute;
        if (q) q.step = 2;
      },
    ],
    [
      'C36',
      'a specification that is deleted',
      'saas',
      (c) => {
        c.specifications.shift();
      },
    ],
    [
      'C36',
      'a SKU that is deleted',
      'saas',
      (c) => {
        const [sku] = spec(c).skus;
        if (sku) sku.skuCode = null;
      },
    ],
    [
      'C37',
      'supervision',
      'saas',
      (c) => {
        c.supervised = true;
      },
    ],
    [
      'C37',
      'the quantity attribute',
      'saas',
      (c) => {
        spec(c).linearAttribute = null;
      },
    ],
    [
      'C37',
      'a stopped specification',
      'saas',
      (c) => {
        spec(c).name.en = 'Renamed';
      },
      [SAAS.specifications[0]?.specificationId ?? ''],
    ],
    [
      'C37',
      'a stopped SKU',
      'saas',
      (c) => brackets(c, [[0, null, '5']]),
      [SAAS.specifications[0]?.skus[0]?.skuCode ?? ''],
    ],
    [
      'C36',
      'an addition when all is stopped',
      'saas',
      (c) => {
        c.specifications.push({ ...spec(c), specificationId: null, name: { zh: '又一个', en: 'One more' } });
      },
      SAAS.specifications.map(({ specificationId }) => specificationId ?? ''),
    ],
    [
      'C31',
      'the quota of a package',
      'saas',
      (c) => {
        const pack = c.specifications[3]?.package;
        if (pack) pack.quota = '1';
      },
    ],
    [
      'C31',
      'the price of a SaaS package',
      'saas',
      (c) => {
        const item = c.specifications[3]?.skus[0]?.prices[0];
        if (item) item.brackets = [{ from: 0, to: null, unitPrice: '1' }];
      },
    ],
    [
      'license-and-other-types.md 9',
      'the name of an API package',
      'api',
      (c) => {
        const pack = c.specifications.find((each) => each.package);
        if (pack) pack.name.en = 'Renamed';
      },
    ],
    [
      'L2',
      'C38: the access type',
      'saas',
      (c) => {
        c.accessType = 'SERVICE';
      },
    ],
  ];
  it.each(CHANGES)('%s: %s may not be changed (%s)', (rule, _what, type, spoil, stopped = []) => {
    expect(changed(type, spoil, new Map(stopped.map((id) => [id, 'STOPPED'])))).toContain(rule);
  });

  it('L26: a per-vCPU image stays so, a free one stays free', () => {
    const draft = structuredClone(goodDraft('IMAGE'));
    spec(draft.content).perVcpu = true;
    const facts = releasedAs(draft, goodFacts('IMAGE'));
    const next = structuredClone(draft);
    spec(next.content).perVcpu = false;
    expect(real(draftFaults(next, facts)).map(({ rule }) => rule)).toContain('L26');
  });

  it('C39, C36: a price, a new period and a new specification may come; the price of an API package too', () => {
    expect(changed('saas', (c) => brackets(c, [[0, null, '5']]))).toEqual([]);
    expect(
      changed('saas', (c) => {
        c.specifications.push({
          ...structuredClone(spec(c)),
          specificationId: null,
          name: { zh: '旗舰版', en: 'Flagship' },
        });
      }),
    ).toEqual([]);
    expect(
      changed('api', (c) => {
        const item = c.specifications.find((each) => each.package)?.skus[0]?.prices[0];
        if (item) item.brackets = [{ from: 0, to: null, unitPrice: '1' }];
      }),
    ).toEqual([]);
  });

  it('13.1: a stopped product is not edited', () => {
    const draft = goodDraft('SAAS');
    const facts = { ...releasedAs(draft, goodFacts('SAAS')), productState: 'STOPPED' as const };
    expect(real(draftFaults(draft, facts)).map(({ rule }) => rule)).toEqual(['C37']);
  });

  it('what was approved with a short description keeps it as a hint; once touched it is a fault', () => {
    const draft = structuredClone(goodDraft('SAAS'));
    draft.content.description.zh = '短';
    const facts = releasedAs(draft, goodFacts('SAAS'));
    const about = (text: string) => {
      const next = structuredClone(draft);
      next.content.description.zh = text;
      return draftFaults(next, facts).find(({ path }) => path === 'description.zh')?.severity;
    };
    expect([about('短'), about('也短')]).toEqual(['HINT', 'FAULT']);
  });
});
