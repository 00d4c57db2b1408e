/** A reporter of `node --test` whose whole output is the counts, for the sum over all runners. */
import type { TestEvent } from 'node:test/reporters';
import type { Counts } from './counts.ts';

export async function* countTests(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    // Each file has a summary of its own; the one without a file is of the run.
    if (event.type !== 'test:summary' || event.data.file !== undefined) continue;
    const { tests, passed, skipped, todo } = event.data.counts;
    // What was cancelled did not pass.
    yield JSON.stringify({ passed, failed: tests - passed - skipped - todo, skipped: skipped + todo } satisfies Counts);
  }
}

// `node --test-reporter` takes a module's default export.
export { countTests as default };
