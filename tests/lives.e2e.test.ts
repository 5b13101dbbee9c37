/**
 * Two years of a subscription and a trial, in both protocols, against the demo seller (our SDK) and against one written
 * by hand from the specification: every step ends as the story says, and both sides have the same calls on record.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, it } from 'vitest';
import { type Life, playLife } from './support/life/play.ts';
import { comparedCalls, type RecordedCall } from './support/life/record.ts';
import { SELLERS } from './support/life/sellers.ts';
import { PROTOCOLS } from './support/life/stage.ts';
import { lifeTable } from './support/life/table.ts';
import { copyTemplate } from './support/test-server.ts';

const TOLD = {
  'saas-v2': [
    ...['newInstance', 'queryInstance', 'newInstance', 'queryInstance'],
    ...['refreshInstance TRIAL_TO_FORMAL', 'releaseInstance', 'queryInstance', 'upgradeInstance'],
    ...['refreshInstance RENEWAL', 'updateInstanceStatus FREEZE', 'updateInstanceStatus UNFREEZE'],
    ...['changeInstanceCheck', 'refreshInstance RENEWAL_CHANGE', 'refreshInstance RENEWAL', 'refreshInstance RENEWAL'],
    ...['updateInstanceStatus FREEZE', 'refreshInstance RENEWAL', 'updateInstanceStatus UNFREEZE'],
    ...['refreshInstance RENEWAL', 'refreshInstance UNSUBSCRIBE_RENEWAL_PERIOD'],
    ...['updateInstanceStatus FREEZE', 'releaseInstance'],
  ],
  'saas-v1': [
    ...['newInstance', 'newInstance', 'refreshInstance', 'releaseInstance', 'newInstance', 'upgrade'],
    ...['refreshInstance', 'instanceStatus FREEZE', 'instanceStatus NORMAL'],
    ...['refreshInstance', 'refreshInstance', 'refreshInstance', 'expireInstance', 'refreshInstance'],
    ...['refreshInstance', 'refreshInstance', 'expireInstance', 'releaseInstance'],
  ],
};
const toldIn = (life: Life) =>
  life.steps.flatMap(({ calls }) =>
    calls.map(({ marketplace, seller }) =>
      [seller?.activity, /[A-Z]{2}[A-Z_]+/.exec(marketplace?.about ?? '')?.[0]].filter(Boolean).join(' '),
    ),
  );

describe.each(PROTOCOLS)('%s', (protocol) => {
  it.each(SELLERS)('a whole life at the %s seller', async (seller) => {
    const database = await copyTemplate(inject('adminUrl'));
    const life = await playLife(database.url, protocol, seller);
    await database.drop();
    expect(life.differences).toEqual([]);
    expect(toldIn(life)).toEqual(TOLD[protocol]);
    expect(life.matching).toBe(TOLD[protocol].length);
    expect(lifeTable(life)).toContain(`\n${life.matching} calls match`);
  });
});

it('npm run life prints JSON and ends with 0; a wrong choice ends with 2', () => {
  const script = fileURLToPath(new URL('../scripts/life.ts', import.meta.url));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--conditions=jishi-source', '--import', 'tsx', script, ...args], {
      encoding: 'utf8',
    });
  const played = run('--protocol', 'saas-v1', '--seller', 'plain', '--json');
  expect(played.status, played.stderr).toBe(0);
  expect(JSON.parse(played.stdout)).toMatchObject([{ protocol: 'saas-v1', seller: 'plain', differences: [] }]);
  expect(run('--seller', 'nobody')).toMatchObject({ status: 2, stderr: expect.stringContaining('demo, plain') });
});

describe('records that do not agree', () => {
  const call: RecordedCall = {
    ...{ at: '2026-01-05T02:00:00.000Z', activity: 'releaseInstance', orderId: 'CS1', orderLineId: null },
    ...{ instanceId: 'i1', businessId: null, nonce: 'n1', timeStamp: '1', resultCode: '000000', about: '' },
  };
  const another = { ...call, nonce: 'n2' };

  it('a call that is on one record only, or twice on one, is shown', () => {
    expect(comparedCalls([call, another], [call]).map(({ differs }) => differs)).toEqual([
      [],
      ['not in the seller’s log'],
    ]);
    expect(comparedCalls([call], [call, call]).map(({ differs }) => differs)).toEqual([
      [],
      ['not on the marketplace’s record'],
    ]);
  });

  it('so is one that was answered otherwise', () => {
    const [pair] = comparedCalls([call], [{ ...call, resultCode: '000100' }]);
    expect(pair?.differs).toEqual(['resultCode differs']);
  });
});
