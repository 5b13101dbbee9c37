/** What a product must be told so that it knows what the directory knows. Pure. */
import { KIT_FLAGS, KIT_MAX_USERS } from '@jishi/protocol';
import type { Department, PlannedCall, TaskKind, Told } from './definition.ts';

/** The directory and what a product was told of it. */
export interface Picture {
  readonly departments: readonly Department[];
  readonly toldDepartments: readonly Department[];
  /** members of the visible range with the mark of their facts, the longest known first */
  readonly range: readonly { readonly memberId: string; readonly mark: string }[];
  readonly told: ReadonlyMap<string, Told>;
  /** of those told, the ones whose records are deleted */
  readonly deleted: ReadonlySet<string>;
  /** seats that were bought; null = any number (E-35) */
  readonly seats: number | null;
}

/** The calls of a task, in their order (E-11, E-14, E-20, E-21, E-28, E-33). */
export function planCalls(kind: TaskKind, picture: Picture): PlannedCall[] {
  if (kind === 'BIND') return [tenant(KIT_FLAGS.add), application(KIT_FLAGS.add), allDepartments];
  if (kind === 'DISSOLVE') {
    const known = [...picture.told].filter(([, told]) => told !== null).map(([memberId]) => memberId);
    return [...batches(KIT_FLAGS.delete, known), application(KIT_FLAGS.delete), tenant(KIT_FLAGS.delete)];
  }
  return kind === 'RESYNC' ? repair(picture) : differences(picture);
}

/** Members of a range that have a seat: those who have one keep it, then whoever is known longest (E-35). */
export function seated({ range, told, seats }: Pick<Picture, 'range' | 'told' | 'seats'>): Picture['range'] {
  if (seats === null || range.length <= seats) return range;
  const known = range.filter(({ memberId }) => told.get(memberId));
  const others = range.filter(({ memberId }) => !told.get(memberId));
  return [...known, ...others].slice(0, seats);
}

function differences(picture: Picture): PlannedCall[] {
  const members = memberDifferences(picture);
  const { added, changed, gone } = departmentDifferences(picture);
  return [
    ...added.map((each) => single(KIT_FLAGS.add, each)),
    ...changed.map((each) => single(KIT_FLAGS.modify, each)),
    ...batches(KIT_FLAGS.delete, members.deleted),
    ...batches(KIT_FLAGS.withdraw, members.withdrawn),
    ...batches(KIT_FLAGS.modify, members.changed),
    ...batches(KIT_FLAGS.add, members.added),
    ...gone.map((each) => single(KIT_FLAGS.delete, each)),
  ];
}

/** Everything again: what the product lost comes back, what it kept too long goes, what it has otherwise is put right. */
function repair(picture: Picture): PlannedCall[] {
  const wanted = seated(picture).map(({ memberId }) => memberId);
  const kept = new Set(wanted);
  const others = [...picture.told.keys()].filter((memberId) => !kept.has(memberId));
  return [
    allDepartments,
    ...batches(
      KIT_FLAGS.delete,
      others.filter((memberId) => picture.deleted.has(memberId)),
    ),
    ...batches(
      KIT_FLAGS.withdraw,
      others.filter((memberId) => !picture.deleted.has(memberId)),
    ),
    ...batches(KIT_FLAGS.add, wanted),
    ...batches(
      KIT_FLAGS.modify,
      wanted.filter((memberId) => (picture.told.get(memberId) ?? null) !== null),
    ),
  ];
}

function memberDifferences(picture: Picture) {
  const wanted = seated(picture);
  const kept = new Set(wanted.map(({ memberId }) => memberId));
  const gone = [...picture.told].filter(([memberId, told]) => told !== null && !kept.has(memberId)).map(([id]) => id);
  const stateOf = ({ memberId, mark }: Picture['range'][number]) => {
    const told = picture.told.get(memberId) ?? '';
    return told === '' ? 'added' : told === mark ? 'same' : 'changed';
  };
  const ids = (state: 'added' | 'changed') =>
    wanted.filter((each) => stateOf(each) === state).map((each) => each.memberId);
  return {
    added: ids('added'),
    changed: ids('changed'),
    deleted: gone.filter((memberId) => picture.deleted.has(memberId)),
    withdrawn: gone.filter((memberId) => !picture.deleted.has(memberId)),
  };
}

/** Parents come before, and go after, what is below them. */
function departmentDifferences({ departments, toldDepartments }: Picture) {
  const told = new Map(toldDepartments.map((each) => [each.code, each]));
  const codes = new Set(departments.map(({ code }) => code));
  const ordered = fromTheTop(departments);
  return {
    added: ordered.filter(({ code }) => !told.has(code)),
    changed: ordered.filter((each) => {
      const known = told.get(each.code);
      return known !== undefined && (known.name !== each.name || known.parentCode !== each.parentCode);
    }),
    gone: fromTheTop(toldDepartments.filter(({ code }) => !codes.has(code))).toReversed(),
  };
}

const tenant = (flag: 0 | 1): PlannedCall => ({ interface: 'tenantSync', flag, members: [], department: null });
const application = (flag: 0 | 1): PlannedCall => ({
  interface: 'applicationSync',
  flag,
  members: [],
  department: null,
});
const allDepartments: PlannedCall = { interface: 'allOrgSync', flag: KIT_FLAGS.add, members: [], department: null };
const single = (flag: 0 | 1 | 2, { code, name, parentCode }: Department): PlannedCall => ({
  interface: 'singleOrgSync',
  flag,
  members: [],
  department: { code, name, parentCode },
});

/** E-21: at most 500 in a call. */
function batches(flag: PlannedCall['flag'], memberIds: readonly string[]): PlannedCall[] {
  const calls: PlannedCall[] = [];
  for (let from = 0; from < memberIds.length; from += KIT_MAX_USERS)
    calls.push({ interface: 'authSync', flag, members: memberIds.slice(from, from + KIT_MAX_USERS), department: null });
  return calls;
}

/** Parents before their children. */
function fromTheTop(departments: readonly Department[]): Department[] {
  const known = new Set(departments.map(({ code }) => code));
  const isTop = ({ parentCode }: Department) => parentCode === null || !known.has(parentCode);
  const below = new Map<string, Department[]>();
  for (const each of departments) {
    const siblings = below.get(each.parentCode ?? '');
    if (siblings) siblings.push(each);
    else below.set(each.parentCode ?? '', [each]);
  }
  const ordered: Department[] = [];
  let level = departments.filter(isTop);
  while (level.length > 0) {
    ordered.push(...level);
    level = level.flatMap(({ code }) => below.get(code) ?? []);
  }
  return ordered;
}
