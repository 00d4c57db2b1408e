/** Firefox, which Playwright drives only in a build of its own: the system's, over WebDriver BiDi. */
import { launch, type Browser, type Page } from 'puppeteer-core';
import { ensureFirefox } from '../../../packages/tools/src/browser.ts';
import { PATIENCE_MS, type Portal } from './house.ts';

export async function launchFirefox(): Promise<Browser> {
  return launch({ browser: 'firefox', executablePath: ensureFirefox(), headless: true, extraPrefsFirefox: { 'intl.accept_languages': 'fr-FR, fr' } });
}

export interface FirefoxPage {
  readonly page: Page;
  /** Errors that no script caught. */
  readonly errors: unknown[];
}

/**
 * A page of a new visitor, whose clock is the portal's.
 * @param beside a page of the visitor who opens another tab
 */
export async function visitInFirefox(browser: Browser, portal: Portal, address: string, beside?: Page): Promise<FirefoxPage> {
  const context = beside?.browserContext() ?? (await browser.createBrowserContext());
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const errors: unknown[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.evaluateOnNewDocument((ahead) => {
    const RealDate = Date;
    globalThis.Date = class extends RealDate {
      constructor(...given: []) {
        if (given.length === 0) super(RealDate.now() + ahead);
        else super(...given);
      }
      static override now() {
        return RealDate.now() + ahead;
      }
    } as DateConstructor;
  }, portal.now() - Date.now());
  await page.goto(address);
  return { page, errors };
}
