import { chromium, type Browser } from 'playwright-core';
import { launchOptions } from '../../../packages/tools/src/browser.ts';

export function launchBrowser(): Promise<Browser> {
  return chromium.launch(launchOptions());
}
