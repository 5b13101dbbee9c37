import { describe, expect, it } from 'vitest';
import { daysIn } from './days-in.ts';

describe('days of a year as people write them', () => {
  it.each([
    ['01-01 02-08', ['2027-01-01', '2027-02-08']],
    ['1-1, 2-8', ['2027-01-01', '2027-02-08']],
    ['1月1日、2月8日；10月1日', ['2027-01-01', '2027-02-08', '2027-10-01']],
    ['2027年1月1日\n2027/2/8', ['2027-01-01', '2027-02-08']],
    ['2028-02-08', ['2028-02-08']],
    ['  ', []],
    ['Spring 02-08', ['Spring', '2027-02-08']],
  ])('%j', (text, days) => {
    expect(daysIn(text, 2027)).toEqual(days);
  });
});
