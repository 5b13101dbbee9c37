/** Assets in a real browser: a seller uploads, sees what the scan says, adds a version; an operator decides. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bombOf, PDF, zipOf } from '../packages/marketplace/src/platform/files/archives.test-support.ts';
import { launchBrowser } from './support/browser.ts';
import { type ConsoleStage, openConsoleStage } from './support/console-stage.ts';
import { choose, expectSound, picture, signInAs, type Visit, visitWith } from './support/console-visits.ts';

let stage: ConsoleStage;
let browser: Browser;
beforeAll(async () => {
  [stage, browser] = await Promise.all([openConsoleStage(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});
const visit = (how?: Visit): Promise<Page> => visitWith(browser, how);

const upload = (page: Page, name: string, content: Buffer): Promise<void> =>
  page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: content });
const packed = zipOf([{ name: 'bin/run', content: Buffer.from('#!/bin/sh') }]);
/** The page looks again by itself; meanwhile the marketplace does what is due. */
const becomes = (page: Page, state: string): Promise<boolean> =>
  stage.happens(`a version is ${state}`, () =>
    page.locator(`[data-testid="asset-state"][data-state="${state}"]`).first().isVisible(),
  );

describe('assets', () => {
  it('L18: a package is uploaded, scanned and can be sold; a severe vulnerability rejects the next version', async () => {
    const page = await visit({ language: 'en' });
    await signInAs(page, stage, 'seller', '/seller/assets');
    await page.getByTestId('empty').waitFor();
    await expectSound(page);
    await page.getByTestId('new-asset').first().click();
    await page.getByTestId('asset-name').fill('Acme server');
    await page.getByTestId('asset-version').fill('1.0.0');
    await page.getByTestId('asset-submit').click();
    await page.getByRole('alert').first().waitFor();
    for (const [name, content, words] of [
      ['app.zip', PDF, /another type/],
      ['app.zip', bombOf(40), /too large/],
      ['app.exe', packed, /another type/],
    ] as const) {
      await upload(page, name, content);
      await page.getByTestId('file-fault').filter({ hasText: words }).waitFor();
    }
    await upload(page, 'acme-1.0.0.zip', packed);
    await page.getByTestId('file-link').waitFor();
    await expectSound(page);
    await picture(page, 'seller-asset-new-en');
    await page.getByTestId('asset-submit').click();
    await page.waitForURL(/\/seller\/assets\/[0-9a-f-]{36}$/);
    await becomes(page, 'APPROVED');
    await page.getByTestId('scan-report').waitFor();
    await page.getByTestId('add-version').click();
    await page.getByTestId('asset-version').fill('1.1.0');
    await upload(page, 'acme-1.1.0.zip', packed);
    await page.getByTestId('asset-cves').fill('CVE-2026-0001 9.8');
    await page.getByTestId('upload-PACKAGE').getByTestId('file-link').waitFor();
    await page.getByTestId('asset-submit').click();
    await becomes(page, 'REJECTED');
    await expectSound(page);
    await picture(page, 'seller-asset-en');
  });

  it('L22, L24: an image is refused for its origin at once, copied into its regions when it is right', async () => {
    const page = await visit({ width: 360 });
    await signInAs(page, stage, 'seller', '/seller/assets/new?kind=IMAGE');
    await page.getByTestId('asset-name').fill('一致系统镜像');
    await page.getByTestId('asset-os-version').fill('openEuler 24.03');
    await page.getByTestId('asset-agency').fill('marketplace');
    await page.getByTestId('asset-version').fill('1.0');
    await page.getByTestId('asset-image').fill('3f0c8f1e-7b1d-4c55-9a53-0c3c5d1f2a10');
    await page.getByTestId('asset-sha256').fill('a'.repeat(64));
    await page.locator('#sizeGiB').fill('4');
    await choose(page.getByTestId('asset-regions'), /cn-north-4/);
    await page.keyboard.press('Escape');
    await choose(page.locator('.ant-form-item').filter({ hasText: '镜像来源' }).locator('.ant-select'), /共享镜像/);
    await page.getByTestId('asset-submit').click();
    await page.getByText('只接收由公共镜像制作的私有系统盘镜像。').first().waitFor();
    await choose(page.locator('.ant-form-item').filter({ hasText: '镜像来源' }).locator('.ant-select'), /公共镜像/);
    await expectSound(page);
    await page.getByTestId('asset-submit').click();
    await becomes(page, 'APPROVED');
    await page.getByTestId('asset-region-list').getByText('可用').waitFor();
    await expectSound(page);
    await picture(page, 'seller-asset-image-narrow-zh');
  });

  it('section 9: a model waits for the operator, who approves it, and rejects it later with the reason', async () => {
    const page = await visit();
    await signInAs(page, stage, 'seller', '/seller/assets/new?kind=AI_MODEL');
    await page.getByTestId('asset-name').fill('票据识别模型');
    await page.getByTestId('asset-version').fill('1.0');
    await page.getByTestId('asset-reference').fill('asset-centre/model-1');
    await page.getByTestId('asset-submit').click();
    await page.waitForURL(/\/seller\/assets\/[0-9a-f-]{36}$/);
    const path = new URL(page.url()).pathname.replace('/seller/', '/operator/');
    await stage.world.simulator.drain();
    const operator = await visit();
    await signInAs(operator, stage, 'operator', path);
    await operator.getByTestId('asset-approve').click();
    await becomes(operator, 'APPROVED');
    await operator.getByTestId('asset-reject').click();
    await operator.getByTestId('reason').fill('试用中发现结果有误');
    await operator.getByTestId('reason-confirm').click();
    await becomes(operator, 'REJECTED');
    await expectSound(operator);
    await operator.goto(`${stage.url}/operator/assets`);
    await operator.getByTestId('asset-row').first().waitFor();
    expect(await operator.getByTestId('asset-row').count()).toBeGreaterThan(0);
    await expectSound(operator);
    await picture(operator, 'operator-assets-zh');
  });
});
