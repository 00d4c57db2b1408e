import { chromium, type Browser } from 'playwright-core';
import { findBrowserWithWindows, launchOptions } from '../../../packages/tools/src/browser.ts';

/** @param withWindows one that has notifications, where there is one */
export function launchBrowser({ withWindows = false } = {}): Promise<Browser> {
  const executablePath = withWindows ? findBrowserWithWindows() : undefined;
  return chromium.launch({ ...launchOptions(), ...(executablePath && { executablePath }) });
}
