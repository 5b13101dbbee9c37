/** Cases needed before publishing: saas-v2.md 1.2, saas-v1.md 1.2 and 8. */
import { describe, expect, it } from 'vitest';
import { requiredCases } from './required-cases.ts';

const keys = (protocol: string, ...modes: string[]) =>
  requiredCases(
    protocol,
    modes.map((mode) => ({ chargingMode: mode.replace('+', ''), changeable: mode.endsWith('+') })),
  ).map(({ key }) => key);
const RUNNING = ['newInstance', 'queryInstance', 'refreshInstance', 'updateInstanceStatus', 'releaseInstance'];

describe('V2.0', () => {
  it.each([
    ['one-time', ['ONE_TIME'], ['newInstance', 'queryInstance', 'releaseInstance']],
    ['yearly/monthly', ['PERIOD'], RUNNING],
    ['yearly/monthly, changeable', ['PERIOD+'], [...RUNNING, 'upgradeInstance', 'changeInstanceCheck']],
    ['pay-per-use', ['ON_DEMAND'], RUNNING],
    ['package', ['ON_DEMAND_PKG'], RUNNING],
  ])('%s', (_, modes, expected) => {
    expect(keys('saas-v2', ...modes)).toEqual(expected);
  });
});

const REFRESH = ['no-product:renewal', 'no-product:conversion', 'product:renewal', 'product:conversion'].map(
  (way) => `refreshInstance:${way}`,
);

describe('License (license-and-other-types.md 3, 4.5, 5)', () => {
  it.each([
    ['license-identification', ['PERIOD'], ['getLicense:1', 'refreshLicense', 'expireLicense', 'releaseLicense']],
    ['license-identification', ['ONE_TIME'], ['getLicense:3', 'releaseLicense']],
    ['license-code', ['PERIOD', 'ONE_TIME'], []],
    ['license-provisioning', ['PERIOD'], [...RUNNING, 'getLicenseAsync']],
    ['license-provisioning', ['ONE_TIME'], ['newInstance', 'queryInstance', 'releaseInstance', 'getLicenseAsync']],
  ])('%s of %j', (protocol, modes, expected) => {
    expect(keys(protocol, ...modes)).toEqual(expected);
  });
});

it('a licence that is sold by quantity is debugged with amount (L13)', () => {
  const facts = { chargingMode: 'ONE_TIME', changeable: false, linearAttribute: { code: 'amount' } };
  const [needed] = requiredCases('license-identification', [facts]);
  expect(needed?.key).toBe('getLicense:3:amount');
  expect(needed?.matches({ chargingMode: '3' })).toBe(false);
  expect(needed?.matches({ chargingMode: '3', amount: '30' })).toBe(true);
});

describe('V1.0', () => {
  it.each([
    ['yearly/monthly', ['PERIOD'], ['newInstance:1', ...REFRESH, 'expireInstance', 'releaseInstance']],
    ['one-time', ['ONE_TIME'], ['newInstance:3', 'releaseInstance']],
    ['pay-per-use', ['ON_DEMAND'], ['newInstance:0', 'releaseInstance', 'instanceStatus', 'queryInstance']],
    ['package', ['ON_DEMAND_PKG'], ['newInstance:5', 'releaseInstance', 'instanceStatus', 'queryInstance']],
  ])('%s', (_, modes, expected) => {
    expect(keys('saas-v1', ...modes)).toEqual(expected);
  });

  it('of two charging modes share one release case', () => {
    expect(keys('saas-v1', 'PERIOD+', 'ONE_TIME').filter((key) => key === 'releaseInstance')).toHaveLength(1);
    expect(keys('saas-v1', 'PERIOD+')).toContain('upgrade');
  });

  it('tell the four ways of a renewal apart', () => {
    const [first, second, third, fourth] = requiredCases('saas-v1', [
      { chargingMode: 'PERIOD', changeable: false },
    ]).filter(({ activity }) => activity === 'refreshInstance');
    expect(first?.matches({ productId: '' })).toBe(true);
    expect(second?.matches({ trialToFormal: '1' })).toBe(true);
    expect(third?.matches({ productId: 'OFFI1' })).toBe(true);
    expect(fourth?.matches({ productId: 'OFFI1', trialToFormal: '1' })).toBe(true);
    expect(first?.matches({ productId: 'OFFI1' })).toBe(false);
  });
});
