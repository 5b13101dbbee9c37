/** A file of people is read whatever office program left it, and each row that does not fit says why (E-16). */
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { unrooted } from '../model.ts';
import { checkRows, type Present } from './check.ts';
import { parseCsv } from './csv.ts';
import { type FileRow, readPeople } from './read.ts';

const CSV = '部门编码,部门名称,上级部门编码,账号,姓名,手机\r\nrd,"研发,部",,,,\r\nrd,,,wang.fang,王芳,13800138000\r\n';
const ROWS = [
  { row: 2, values: { departmentCode: 'rd', departmentName: '研发,部' } },
  { row: 3, values: { departmentCode: 'rd', userName: 'wang.fang', name: '王芳', mobile: '13800138000' } },
];

describe('files', () => {
  it.each([
    ['UTF-8', Buffer.from(CSV)],
    ['UTF-8', Buffer.from(`\ufeff${CSV}`)],
    ['GB18030', iconv.encode(CSV, 'gbk')],
    ['UTF-16LE', iconv.encode(CSV, 'utf-16le', { addBOM: true })],
    ['UTF-16LE', iconv.encode(CSV, 'utf-16le')],
    ['UTF-16BE', iconv.encode(CSV, 'utf-16be', { addBOM: true })],
  ])('CSV in %s', async (encoding, bytes) => {
    expect(await readPeople(bytes)).toEqual({ ok: true, encoding, rows: ROWS });
  });

  it('XLSX: days stay days, formulas give their last result', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('1');
    sheet.addRow(['Account', 'Name', 'Department code', 'Entry date', 'Mobile']);
    sheet.addRow(['kim', { formula: '1+1', result: 'Kim' }, 'rd', new Date('2024-01-31T00:00:00Z'), 13800138000]);
    const read = await readPeople(Buffer.from(await book.xlsx.writeBuffer()));
    const values = {
      userName: 'kim',
      name: 'Kim',
      departmentCode: 'rd',
      entryDate: '2024-01-31',
      mobile: '13800138000',
    };
    expect(read).toEqual({ ok: true, encoding: 'XLSX', rows: [{ row: 2, values }] });
  });

  it.each([
    ['ENCODING', Buffer.concat([Buffer.from('账号,姓名,部门编码\n'), Buffer.from([0xff, 0xff, 0x00])])],
    ['DAMAGED', Buffer.from('PK\u0003\u0004 nothing')],
    ['NO_COLUMNS', Buffer.from('a,b\n1,2\n')],
    ['EMPTY', Buffer.from('账号,姓名,部门编码\n')],
    ['TOO_MANY_ROWS', Buffer.from(`账号,姓名,部门编码\n${'a,b,c\n'.repeat(50_001)}`)],
  ])('%s is a fault of the whole file', async (fault, bytes) => {
    expect(await readPeople(bytes)).toEqual({ ok: false, fault });
  });

  it('what is written as CSV is read again, whatever stands in it', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '中', ' ') });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(table, (rows) => {
        const text = `x,x\n${rows.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')).join('\r\n')}`;
        const read = [...parseCsv(text)].slice(1).map(({ cells }) => cells);
        expect(read).toEqual(rows.filter((row) => row.some((each) => each.trim() !== '')));
      }),
    );
  });
});

const present: Present = {
  departments: [
    { code: 'hq', name: 'HQ', parentCode: null, path: ['hq'] },
    { code: 'lab', name: 'Lab', parentCode: 'hq', path: ['hq', 'lab'] },
  ],
  userNames: new Set(['ann']),
  scope: null,
};
let number = 1;
const row = (values: FileRow['values']): FileRow => {
  number += 1;
  return { row: number, values };
};
const member = (values: FileRow['values'] = {}) =>
  row({ userName: 'bob', name: 'Bob', departmentCode: 'hq', ...values });
const faultsOf = (...rows: FileRow[]) =>
  checkRows(rows, present).rows.map(({ faults }) => faults.map(({ column, code }) => `${column} ${code}`));

describe('rows', () => {
  it('E-15a: of a business administrator are of the own departments, new ones too', () => {
    const scope = { departments: ['lab'], applications: [] };
    const own = member({ departmentCode: 'lab' });
    const foreign = member({ userName: 'cid' });
    const below = row({ departmentCode: 'lab-2', departmentName: 'Second', parentCode: 'lab' });
    const beside = row({ departmentCode: 'shop', departmentName: 'Shop', parentCode: 'hq' });
    const top = row({ departmentCode: 'new', departmentName: 'New' });
    const within = member({ userName: 'dan', departmentCode: 'lab-2' });
    const checked = checkRows([own, foreign, below, beside, top, within], { ...present, scope });
    const faults = checked.rows.map((each) => each.faults.map(({ column, code }) => `${column} ${code}`));
    expect(faults).toEqual([
      ...[[], ['departmentCode OUT_OF_SCOPE'], []],
      ...[['parentCode OUT_OF_SCOPE'], ['parentCode OUT_OF_SCOPE'], []],
    ]);
    expect(checked.members.map(({ userName }) => userName)).toEqual(['bob', 'dan']);
  });

  it.each<[string, FileRow[], string[][]]>([
    ['a right one', [member()], [[]]],
    ['missing member', [member({ userName: '' })], [['userName MISSING']]],
    ['duplicate name in the file', [member(), member({ userName: 'BOB' })], [[], ['userName TWICE']]],
    ['duplicate name in the directory', [member({ userName: 'Ann' })], [['userName TAKEN']]],
    ['unknown department', [member({ departmentCode: 'nowhere' })], [['departmentCode UNKNOWN_DEPARTMENT']]],
    ['bad phone and e-mail', [member({ mobile: 'x', email: 'y' })], [['mobile PHONE', 'email EMAIL']]],
    [
      'bad choices',
      [member({ role: 'king', enabled: 'perhaps', employeeType: 'cat' })],
      [['role CHOICE', 'enabled CHOICE', 'employeeType CHOICE']],
    ],
    [
      'a department of the file',
      [row({ departmentCode: 'new', departmentName: 'New', parentCode: 'lab' }), member({ departmentCode: 'new' })],
      [[], []],
    ],
    [
      'a cycle in departments',
      [
        row({ departmentCode: 'x', departmentName: 'X', parentCode: 'y' }),
        row({ departmentCode: 'y', departmentName: 'Y', parentCode: 'x' }),
      ],
      [['parentCode CYCLE'], ['parentCode CYCLE']],
    ],
    [
      'a department below nothing, and a member in it',
      [row({ departmentCode: 'x', departmentName: 'X', parentCode: 'nowhere' }), member({ departmentCode: 'x' })],
      [['parentCode UNKNOWN_DEPARTMENT'], ['departmentCode UNKNOWN_DEPARTMENT']],
    ],
    [
      'a name twice below one parent',
      [row({ departmentCode: 'x', departmentName: 'lab', parentCode: 'hq' })],
      [['departmentName NAME_TAKEN']],
    ],
  ])('%s', (_, rows, faults) => {
    expect(faultsOf(...rows)).toEqual(faults);
  });

  it('what is left to be done is whole: a tree, members in known departments, names once', () => {
    const code = fc.constantFrom('a', 'b', 'c', 'hq', 'lab', '');
    const some = fc.record(
      {
        departmentCode: code,
        departmentName: fc.constantFrom('X', 'Y'),
        parentCode: code,
        userName: fc.constantFrom('u', 'v', 'ann', ''),
        name: fc.constant('N'),
      },
      { requiredKeys: ['departmentCode'] },
    );
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), (values) => {
        const rows = values.map((each, place) => ({ row: place + 2, values: each }));
        const { departments, members } = checkRows(rows, present);
        expect(unrooted([...present.departments, ...departments])).toEqual(new Set());
        const known = new Set([...present.departments, ...departments].map((each) => each.code));
        for (const each of members) expect(known.has(each.departmentCode)).toBe(true);
        const names = [...present.userNames, ...members.map(({ userName }) => userName)];
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });
});
