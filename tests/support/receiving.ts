/** Handing over and receiving on the pages, for the tests that sell a product of each type. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Told } from './every-type.ts';
import { pdf, upload } from './publication.ts';

export const statusIs = (page: Page, status: string): Promise<void> =>
  page.locator(`[data-testid="delivery-state"][data-state="${status}"]`).first().waitFor();

/** The seller's form of the delivery, with a proof. */
export async function handsOver(told: Told, fill: (seller: Page) => Promise<void> = async () => {}): Promise<void> {
  const seller = await told.atSeller();
  await fill(seller);
  await upload(seller, 'upload-PROOF', pdf('proof.pdf'));
  await seller.getByTestId('hand-over-submit').click();
  await seller.getByTestId('hand-over').waitFor({ state: 'detached' });
  await told.look();
}

/** The buyer accepts; the service runs. */
export async function accepts({ buyer, look }: Told): Promise<void> {
  await buyer.getByTestId('accept').click();
  await buyer.getByTestId('accept-confirm').click();
  await statusIs(buyer, 'ACCEPTED');
  await look();
  await statusIs(buyer, 'ACCEPTED');
}

/** The buyer says what is needed, the seller confirms it; only then the seller may deliver (S-40, S-41). */
export async function requires(told: Told, words: string): Promise<void> {
  const { buyer } = told;
  await buyer.getByTestId('requirement-text').fill(words);
  await buyer.getByTestId('submit-requirement').click();
  await buyer.getByTestId('requirement-form').waitFor({ state: 'detached' });
  const seller = await told.atSeller();
  await seller.getByTestId('confirm-requirement').click();
  await seller.getByTestId('confirm-requirement').waitFor({ state: 'detached' });
}

export async function reads(buyer: Page, secret: RegExp): Promise<void> {
  await buyer.getByTestId('reveal-secret').click();
  await expect.poll(() => buyer.getByTestId('delivery-secret').textContent()).toMatch(secret);
}

export const shows = (buyer: Page, text: string | RegExp): Promise<void> =>
  buyer.getByTestId('delivery').getByText(text).first().waitFor();

/** A signed link gives the file. @returns its name */
export async function downloads(buyer: Page): Promise<string> {
  const [download] = await Promise.all([buyer.waitForEvent('download'), buyer.getByTestId('download').first().click()]);
  return download.suggestedFilename();
}
