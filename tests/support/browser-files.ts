/** Before the browser tests: the browser is unpacked once, so that files of tests may start it side by side. */
import { launchBrowser } from './browser.ts';

export default async function setup(): Promise<void> {
  await (await launchBrowser()).close();
}
