import { describe, expect, it } from 'vitest';
import { encryptAccountData } from '../secrets/account-data.ts';
import { accountProblems } from './account-problems.ts';

/** Account data of an answer: right in clear and in both types, and each mistake by name (`saas-v2.md` 4.1). */

const KEY = 'koo-demo-access-key-0001';
const IV = 'A1b2C3d4E5f6G7h8';
const sealed = (type: '1' | '2', key = KEY) => encryptAccountData('admin@example.com', key, type, IV);

describe('accountProblems', () => {
  it.each([
    ['clear text', null, 'admin'],
    ['clear text with an empty encryptType', '', 'admin'],
    ['AES-256', '1', sealed('1')],
    ['AES-128', '2', sealed('2')],
    ['no value', '1', null],
  ])('finds nothing in %s', (_, encryptType, userName) => expect(problems(encryptType, userName)).toEqual([]));

  it.each([
    ['clear text with encryptType', '1', 'admin', 'secret.plain'],
    ['the other type', '1', sealed('2'), 'secret.type'],
    ['no encryptType beside encrypted values', null, sealed('1'), 'secret.type'],
    ['a name of the algorithm', 'AES', sealed('2'), 'secret.type'],
    ['another key', '2', sealed('2', 'another'), 'secret.key'],
    ['no IV', '1', sealed('1').slice(16), 'secret.no-iv'],
  ])('names %s', (_, encryptType, userName, code) =>
    expect(problems(encryptType, userName).map((each) => each.code)).toEqual([code]),
  );

  it('says each kind of mistake once, where it first stands', () => {
    const found = problems('1', 'admin', 'Init-Pass-1');
    expect(found).toMatchObject([{ code: 'secret.plain', seen: 'info[0].appInfo.userName ad*** (5 characters)' }]);
  });

  it('tells which type fits', () => {
    expect(problems(null, sealed('2'))).toMatchObject([
      {
        seen: 'info[0].appInfo.userName without encryptType, yet encrypted as type "2"',
        fix: { en: expect.stringContaining('"2"') },
      },
    ]);
  });
});

function problems(encryptType: string | null, userName: string | null, password: string | null = null) {
  const appInfo = { frontEndUrl: 'https://a.example', userName, password };
  return accountProblems({ resultCode: '000000', encryptType, info: [{ instanceId: 'a', appInfo }] }, KEY);
}
