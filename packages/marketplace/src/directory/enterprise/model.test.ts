/** Departments stay a tree whatever is moved where, names stay unique among siblings, members are what they say (E-10, E-12). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Department, type MemberFacts, MOST_LEVELS } from './definition.ts';
import {
  coversApplication,
  coversDepartment,
  fromTheTop,
  mayJoin,
  memberFaults,
  mostEnterprises,
  movedPath,
  type Placed,
  placeDepartment,
  seesEverybody,
  unrooted,
} from './model.ts';

type Tree = Map<string, Placed>;
const below = (tree: Tree, parentCode: string | null, but: string) =>
  [...tree.values()].filter((each) => each.parentCode === parentCode && each.code !== but);
const heightOf = (tree: Tree, { code, path }: Placed) =>
  Math.max(...[...tree.values()].filter((each) => each.path.includes(code)).map((each) => each.path.length)) -
  path.length;

/** As the store does it: the department, and all below it. */
function place(tree: Tree, asked: Department): boolean {
  const parent = asked.parentCode === null ? null : (tree.get(asked.parentCode) ?? null);
  if (asked.parentCode !== null && parent === null) return false;
  const self = tree.get(asked.code) ?? null;
  const height = self ? heightOf(tree, self) : 0;
  const placed = placeDepartment(asked, parent, below(tree, asked.parentCode, asked.code), self, height);
  if (!placed.ok) return false;
  for (const each of [...tree.values()].filter(({ path }) => path.includes(asked.code)))
    tree.set(each.code, { ...each, path: movedPath(each.path, asked.code, placed.value) });
  tree.set(asked.code, { ...asked, path: placed.value });
  return true;
}

const code = fc.constantFrom(...'abcdefghij');
const steps = fc.array(
  fc.record({ code, name: fc.constantFrom('Sales', 'sales', 'IT', 'Lab', 'HR'), parentCode: fc.option(code) }),
  { maxLength: 60 },
);

describe('departments (E-10)', () => {
  it('stay a tree under any moves: every path leads from the top to the department over its parents', () => {
    fc.assert(
      fc.property(steps, (asked) => {
        const tree: Tree = new Map();
        for (const each of asked) place(tree, each);
        expect(unrooted([...tree.values()])).toEqual(new Set());
        for (const { code: own, parentCode, path } of tree.values()) {
          expect(path.at(-1)).toBe(own);
          expect(path.slice(0, -1)).toEqual(parentCode === null ? [] : tree.get(parentCode)?.path);
        }
      }),
    );
  });

  it('have names that are unique among the departments of one parent, whatever their case', () => {
    fc.assert(
      fc.property(steps, (asked) => {
        const tree: Tree = new Map();
        for (const each of asked) place(tree, each);
        const names = [...tree.values()].map(({ name, parentCode }) => `${parentCode}/${name.toLowerCase()}`);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });

  it('a department does not go below itself, nor below what is below it', () => {
    const tree: Tree = new Map();
    expect(place(tree, { code: 'a', name: 'A', parentCode: null })).toBe(true);
    expect(place(tree, { code: 'b', name: 'B', parentCode: 'a' })).toBe(true);
    expect(place(tree, { code: 'a', name: 'A', parentCode: 'b' })).toBe(false);
    expect(place(tree, { code: 'a', name: 'A', parentCode: 'a' })).toBe(false);
  });

  it('stand not deeper than the limit, with all that moves along', () => {
    const chain = (prefix: string, length: number): Tree => {
      const tree: Tree = new Map();
      for (let level = 0; level < length; level += 1)
        place(tree, { code: `${prefix}${level}`, name: 'x', parentCode: level === 0 ? null : `${prefix}${level - 1}` });
      return tree;
    };
    expect(chain('a', MOST_LEVELS + 3).size).toBe(MOST_LEVELS);
    const tree = new Map([...chain('a', 12), ...chain('b', 9)].map(([key, each]) => [key, each]));
    expect(place(tree, { code: 'b0', name: 'y', parentCode: 'a11' })).toBe(false);
    expect(place(tree, { code: 'b0', name: 'y', parentCode: 'a10' })).toBe(true);
  });

  it('circles and missing parents of a file are found, and the rest comes parents first', () => {
    const listed = [
      { code: 'c', name: 'C', parentCode: 'b' },
      { code: 'x', name: 'X', parentCode: 'y' },
      { code: 'y', name: 'Y', parentCode: 'x' },
      { code: 'b', name: 'B', parentCode: null },
      { code: 'lost', name: 'L', parentCode: 'nowhere' },
    ];
    expect(unrooted(listed)).toEqual(new Set(['x', 'y', 'lost']));
    expect(
      fromTheTop(listed.filter((each) => each.code.length === 1 && !'xy'.includes(each.code))).map((each) => each.code),
    ).toEqual(['b', 'c']);
  });
});

const member: MemberFacts = {
  userName: 'wang.fang',
  name: '王芳',
  departmentCode: '10000',
  position: '',
  employeeCode: '',
  employeeType: null,
  mobile: '',
  email: '',
  workPlace: '',
  entryDate: '',
  role: 'user',
  enabled: true,
};

describe('members (E-12)', () => {
  it.each<[Partial<MemberFacts>, string[]]>([
    [{}, []],
    [{ userName: '' }, ['userName MISSING']],
    [{ name: '', departmentCode: '' }, ['name MISSING', 'departmentCode MISSING']],
    [{ userName: 'wang@acme' }, ['userName CHARACTERS']],
    [{ userName: 'x'.repeat(65) }, ['userName TOO_LONG']],
    [{ mobile: '13800138000' }, []],
    [{ mobile: '+86 138-0013-8000' }, []],
    [{ mobile: 'call me' }, ['mobile PHONE']],
    [{ email: 'wang.fang@acme.example' }, []],
    [{ email: 'wang.fang' }, ['email EMAIL']],
    [{ entryDate: '2024-02-29' }, []],
    [{ entryDate: '2023-02-29' }, ['entryDate DATE']],
  ])('%j → %j', (change, faults) => {
    expect(memberFaults({ ...member, ...change }).map((each) => `${each.member} ${each.code}`)).toEqual(faults);
  });
});

it('E-13a: joins while the invitation is valid, not taken back, and the enterprise lets people join by themselves', () => {
  const now = new Date('2026-01-05T00:00:00Z');
  const invitation = { expiresAt: new Date(now.getTime() + 1), revokedAt: null };
  const enterprise = { source: 'CONSOLE', dissolvedAt: null, selfRegistration: true } as const;
  expect(mayJoin(invitation, enterprise, now)).toBe(true);
  expect(mayJoin({ ...invitation, expiresAt: now }, enterprise, now)).toBe(false);
  expect(mayJoin({ ...invitation, revokedAt: now }, enterprise, now)).toBe(false);
  for (const change of [{ selfRegistration: false }, { dissolvedAt: now }, { source: 'SCIM' } as const])
    expect(mayJoin(invitation, { ...enterprise, ...change }, now)).toBe(false);
});

it('E-15a: a scope covers its departments with all below them and its applications; none covers everything', () => {
  const scope = { departments: ['rd'], applications: ['a'] };
  expect(coversDepartment(scope, ['hq', 'rd', 'tests'])).toBe(true);
  expect(coversDepartment(scope, ['hq'])).toBe(false);
  expect([coversApplication(scope, 'a'), coversApplication(scope, 'b')]).toEqual([true, false]);
  expect([coversDepartment(null, ['hq']), coversApplication(null, 'b')]).toEqual([true, true]);
  // whoever authorises chooses among all people
  expect([scope, { ...scope, applications: [] }, null].map(seesEverybody)).toEqual([true, false, true]);
});

it('E-3: five enterprises of a buyer, fifty of the distributor role', () => {
  expect([mostEnterprises(false), mostEnterprises(true)]).toEqual([5, 50]);
});
