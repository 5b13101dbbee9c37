/** Long files begin first, so that at the end no core waits for one that began last. A new checkout knows no durations. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those of a minute and more, longest first. */
const LONG = [
  'simulation-one.db',
  'simulation-two.db',
  'simulation-year.db',
  'quick.e2e',
  'cli.e2e',
  'tutorial.e2e',
  'crash.e2e',
  'sandbox-terminal.e2e',
  'crash-lives.e2e',
  'lives.e2e',
  'server.e2e',
  'lives.browser',
  'every-type-handed.browser',
  'every-type-called.browser',
  'seller-tools.browser',
  'publication.browser',
  'debugging.browser',
  'offers.browser',
  'sandbox.browser',
  'console.browser',
  'payout.browser',
  'invoices.browser',
  'usage.browser',
  'wallet.browser',
  'enterprise.browser',
  'partners.browser',
];

export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const placeOf = ({ moduleId }: TestSpecification): number => {
      const place = LONG.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return place < 0 ? LONG.length : place;
    };
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}
