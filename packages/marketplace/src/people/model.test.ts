/** Whatever changed in the directory: after the planned calls a product knows exactly what it should (E-11, E-20, E-21, E-32, E-33, E-35). */
import { KIT_MAX_USERS } from '@jishi/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Department } from '../directory/index.ts';
import type { PlannedCall, Told } from './definition.ts';
import { type Picture, planCalls, seated } from './model.ts';

/** A product that does what it is told, and refuses what has no parent. */
function play(calls: readonly PlannedCall[], picture: Picture) {
  const departments = new Map(picture.toldDepartments.map((each) => [each.code, each]));
  const known = [...picture.told].filter(([, told]) => told !== null);
  const users = new Map<string, string>(known.map(([memberId, told]) => [memberId, told ?? '']));
  const marks = new Map(picture.range.map(({ memberId, mark }) => [memberId, mark]));
  for (const call of calls) {
    if (call.interface === 'allOrgSync') {
      departments.clear();
      for (const each of picture.departments) departments.set(each.code, each);
    }
    if (call.department) {
      const { code, parentCode } = call.department;
      if (call.flag === 0) expect([...departments.values()].filter((each) => each.parentCode === code)).toEqual([]);
      else expect(parentCode === null || departments.has(parentCode)).toBe(true);
      if (call.flag === 0) departments.delete(code);
      else departments.set(code, call.department);
    }
    for (const memberId of call.members) {
      if (call.flag === 0 || call.flag === 3) users.delete(memberId);
      else users.set(memberId, marks.get(memberId) ?? '');
    }
  }
  return { departments, users };
}

const code = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
/** trees: a parent is always an earlier letter */
const tree: fc.Arbitrary<Department[]> = fc
  .uniqueArray(fc.record({ code, name: fc.constantFrom('X', 'Y'), up: fc.nat(5) }), { selector: (each) => each.code })
  .map((listed) => {
    const sorted = listed.toSorted((one, other) => one.code.localeCompare(other.code));
    return sorted.map(({ code: own, name, up }, place) => ({
      code: own,
      name,
      parentCode: place === 0 ? null : (sorted[up % (place + 1)]?.code ?? null),
    }));
  })
  .map((listed) => listed.map((each) => (each.parentCode === each.code ? { ...each, parentCode: null } : each)));
const memberId = fc.constantFrom('m1', 'm2', 'm3', 'm4', 'm5', 'm6');
const range = fc.uniqueArray(fc.record({ memberId, mark: fc.constantFrom('v1', 'v2') }), {
  selector: (each) => each.memberId,
});
const told = fc
  .uniqueArray(fc.tuple(memberId, fc.constantFrom<Told>('v1', 'v2', '', null)), { selector: ([id]) => id })
  .map((entries) => new Map(entries));
const pictures: fc.Arbitrary<Picture> = fc.record({
  departments: tree,
  toldDepartments: tree,
  range,
  told,
  deleted: fc.uniqueArray(memberId).map((ids) => new Set(ids)),
  seats: fc.option(fc.nat(4)),
});

describe('synchronisation', () => {
  it.each(['DIRECTORY', 'AUTHORISE', 'RESYNC'] as const)(
    '%s ends with the product knowing the directory and the range',
    (kind) => {
      fc.assert(
        fc.property(pictures, (picture) => {
          const { departments, users } = play(planCalls(kind, picture), picture);
          expect(new Map(departments)).toEqual(new Map(picture.departments.map((each) => [each.code, each])));
          expect(users).toEqual(new Map(seated(picture).map(({ memberId: id, mark }) => [id, mark])));
        }),
      );
    },
  );

  it('E-35: never more than there are seats, and who has one keeps it', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const chosen = seated(picture);
        expect(chosen.length).toBeLessThanOrEqual(picture.seats ?? picture.range.length);
        const held = picture.range.filter((each) => picture.told.get(each.memberId));
        if (held.length <= (picture.seats ?? held.length)) expect(chosen).toEqual(expect.arrayContaining(held));
      }),
    );
  });

  it('nothing changed: nothing is called', () => {
    const departments = [{ code: 'a', name: 'A', parentCode: null }];
    const same = {
      departments,
      toldDepartments: departments,
      range: [{ memberId: 'm', mark: 'v' }],
      told: new Map([['m', 'v']]),
    };
    expect(planCalls('DIRECTORY', { ...same, deleted: new Set(), seats: null })).toEqual([]);
  });

  it('E-20: a binding is tenant, application, all departments', () => {
    const nothing = {
      departments: [],
      toldDepartments: [],
      range: [],
      told: new Map(),
      deleted: new Set<string>(),
      seats: null,
    };
    expect(planCalls('BIND', nothing).map((call) => call.interface)).toEqual([
      'tenantSync',
      'applicationSync',
      'allOrgSync',
    ]);
    expect(
      planCalls('DISSOLVE', { ...nothing, told: new Map([['m', 'v']]) }).map((call) => [call.interface, call.flag]),
    ).toEqual([
      ['authSync', 0],
      ['applicationSync', 0],
      ['tenantSync', 0],
    ]);
  });

  it('E-21: at most 500 users in a call', () => {
    const many = Array.from({ length: 1_201 }, (_, place) => ({ memberId: `m${place}`, mark: 'v' }));
    const picture = {
      departments: [],
      toldDepartments: [],
      range: many,
      told: new Map(),
      deleted: new Set<string>(),
      seats: null,
    };
    const sizes = planCalls('AUTHORISE', picture).map((call) => call.members.length);
    expect(sizes).toEqual([KIT_MAX_USERS, KIT_MAX_USERS, 201]);
  });
});
