/** Words that a text may not hold (12.1, S-32, B-16), and ordinary ones that only look like them. */
import { expect, it } from 'vitest';
import { forbiddenWords, holdsPersonalData, holdsPhone, holdsPrice, holdsVersion, isMeaningless } from './words.ts';

it.each([
  ['全网第一的平台', ['全网第一']],
  ['行业 第一', ['行业第一']],
  ["The World's Best tool", ["world's best"]],
  ['参考最佳实践，生成唯一标识和顶级域名', []],
  ['Follow the best practices', []],
  ['the best of all', ['the best']],
  ['他乡遇故知，第一次使用', []],
])('B-16: %s', (text, words) => {
  expect(forbiddenWords(text)).toEqual(words);
});

it.each([
  ['联系 13912345678', true, true],
  ['热线 400-123-4567', true, false],
  ['0755-28780808', true, false],
  ['+86 13912345678', true, true],
  ['端口 8080，容量 1000000', false, false],
  ['身份证 11010519491231002X', false, true],
])('S-32, 12.1: %s', (text, phone, personal) => {
  expect([holdsPhone(text), holdsPersonalData(text)]).toEqual([phone, personal]);
});

it.each([
  ['样品 99元', true, false],
  ['Sample for $5', true, false],
  ['Sample V2.0', false, true],
  ['Sample v3', false, true],
  ['企业版 2.1 版', false, true],
  ['Vista 5G 元数据', false, false],
])('12.1, a name: %s', (text, priced, versioned) => {
  expect([holdsPrice(text), holdsVersion(text)]).toEqual([priced, versioned]);
});

it.each([
  ['111', true],
  ['测试1', true],
  ['aaaa', true],
  ['标准版', false],
  ['100 users', false],
])('S-32: %s says nothing: %s', (text, meaningless) => {
  expect(isMeaningless(text)).toBe(meaningless);
});
