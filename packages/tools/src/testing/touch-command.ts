/** A command of @web/test-runner: real fingers on the page, as the browser itself takes them. */
import type { TestRunnerPlugin } from '@web/test-runner-core';
import type { CDPSession, Page } from 'playwright-core';

/** What the fingers do next: where each of them is, in CSS pixels of the page; none lifts them all. */
export interface TouchStep {
  readonly type: 'touchStart' | 'touchMove' | 'touchEnd';
  readonly touchPoints: readonly { readonly x: number; readonly y: number; readonly id?: number }[];
  /** Rest before the step, in ms. */
  readonly after?: number;
}

/** In a test: `executeCommand('touch', steps)`. */
export function touchCommand(): TestRunnerPlugin {
  return {
    name: 'oya-touch',
    async executeCommand({ command, payload, session }) {
      if (command !== 'touch') return undefined;
      const page = (session.browser as unknown as { getPage(id: string): Page }).getPage(session.id);
      const devtools: CDPSession = await page.context().newCDPSession(page);
      for (const { type, touchPoints, after = 0 } of payload as readonly TouchStep[]) {
        if (after > 0) await new Promise((resolve) => setTimeout(resolve, after));
        await devtools.send('Input.dispatchTouchEvent', { type, touchPoints: touchPoints.map((point, id) => ({ id, ...point })) });
      }
      await devtools.detach();
      return true;
    },
  };
}
