/** What a seller does in the product editor and an operator at a review, for every test that publishes in a browser. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { PDF, pngOf } from '../../packages/marketplace/src/platform/files/archives.test-support.ts';
import { choose } from './console-visits.ts';

export interface Both {
  readonly zh: string;
  readonly en: string;
}

export const field = (page: Page, path: string) => page.getByTestId(`field-${path}`);

/** A switch that is off. */
export async function turnOn(page: Page, path: string): Promise<void> {
  await field(page, path).press('Space');
  await expect.poll(() => field(page, path).getAttribute('aria-checked')).toBe('true');
}

export async function step(page: Page, name: string): Promise<void> {
  await page.getByTestId(`go-${name}`).click();
  await page.getByTestId(`step-${name}`).waitFor();
}

export const saved = (page: Page): Promise<void> =>
  page.locator('[data-testid="save-state"][data-phase="saved"]').waitFor();

/** both languages of a text */
export async function write(page: Page, path: string, zh: string, en: string): Promise<void> {
  await field(page, `${path}.zh`).fill(zh);
  await field(page, `${path}.en`).fill(en);
}

export const bytes = (name: string, mimeType: string, content: Uint8Array) => ({
  name,
  mimeType,
  buffer: Buffer.from(content),
});
export const pdf = (name: string) => bytes(name, 'application/pdf', PDF);

/** @param testId of the field of the file */
export async function upload(page: Page, testId: string, file: ReturnType<typeof bytes>): Promise<void> {
  await page.getByTestId(testId).locator('input[type=file]').setInputFiles(file);
  await page.getByTestId(testId).getByTestId('file-link').waitFor();
}

/** Chooses the type and stands in the editor. @returns the product's id */
export async function begin(page: Page, url: string, type: string, variant?: string): Promise<string> {
  await page.goto(`${url}/seller/products/new`);
  await page.getByTestId(`type-${type}`).click();
  if (variant !== undefined) await page.getByTestId(`variant-${variant}`).click();
  await page.getByTestId('begin-draft').click();
  await page.getByTestId('step-ACCESS').waitFor();
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** What every product is asked: name, proofs, words, support, agreement. Ends on the business step. */
export async function describeProduct(page: Page, name: Both, summary: Both = SUMMARY): Promise<void> {
  await write(page, 'name', name.zh, name.en);
  await upload(page, 'upload-LOGO', bytes('logo.png', 'image/png', pngOf(120, 120)));
  await upload(page, 'upload-CERTIFICATE', pdf('copyright.pdf'));
  await step(page, 'BUSINESS');
  await choose(field(page, 'categoryId'), /./);
  for (const path of ['tags', 'keywords']) {
    await field(page, path).locator('input').fill('办公');
    await field(page, path).locator('input').press('Enter');
    await page.keyboard.press('Escape');
  }
  await write(page, 'summary', summary.zh, summary.en);
  await write(
    page,
    'description',
    '把来自各处的请求收进一处，由团队一起处理。'.repeat(25),
    'All requests come to one place and are worked on by a team. '.repeat(8),
  );
  // by the keyboard: rules that appear when a field is left move the buttons under the mouse
  await page.getByTestId('add-highlights').press('Enter');
  await write(page, 'highlights.0', '开箱即用', 'Ready to use');
  await write(
    page,
    'usageGuide',
    '付款后登录控制台使用，开放端口为 443。',
    'Sign in to the console after payment; the open port is 443.',
  );
  await page.getByTestId('add-customerCases').press('Enter');
  await write(page, 'customerCases.0', '某学校用它受理报修。', 'A school takes repairs with it.');
  await write(page, 'support.hours', '工作日 9:00–18:00（北京时间）', 'Mon–Fri 9:00–18:00 (Beijing time)');
  await field(page, 'support.phone').fill('400-000-0000');
  await field(page, 'support.email').fill('help@example.com');
  await write(page, 'agreement', '商家按订单约定提供服务。', 'The seller serves as ordered.');
}
const SUMMARY: Both = { zh: '团队的工单台', en: 'Tickets of a team' };

/** Nothing is left to do; what is left is told by name. */
export async function expectReady(page: Page): Promise<void> {
  await page.locator('[data-testid="no-faults"], [data-testid="fault"]').first().waitFor();
  expect(await page.getByTestId('fault').allTextContents()).toEqual([]);
}

/** From any step to the list of applications, where it waits. */
export async function submitDraft(page: Page): Promise<void> {
  await step(page, 'SUBMIT');
  await saved(page);
  await expectReady(page);
  await page.getByTestId('submit-draft').click();
  await page.locator('[data-testid="application-row"] [data-state="PENDING"]').first().waitFor();
}

/** An operator who stands on an application has looked at all of it, and approves. */
export async function approve(page: Page): Promise<void> {
  for (const section of ['ACCESS', 'BUSINESS', 'DELIVERY', 'SPECIFICATIONS'])
    await page.getByTestId(`seen-${section}`).click();
  await page.getByTestId('approve').click();
  await page.locator('[data-testid="application-state"][data-state="APPROVED"]').waitFor();
}

export const cellTexts = (page: Page): Promise<string[]> =>
  page
    .getByTestId('matrix-cell')
    .evaluateAll((cells) => cells.map((cell) => (cell instanceof HTMLInputElement ? cell.value : '')));
