/** A reporter of @web/test-runner that prints nothing: it keeps the counts for the sum over all runners. */
import { writeFileSync } from 'node:fs';
import type { Reporter, TestSession, TestSuiteResult } from '@web/test-runner';
import { add, NOTHING, type Counts } from './counts.ts';

/** Names the file into which the counts go; without it nobody adds them up. */
export const COUNTS_FILE = 'OYA_COUNTS_FILE';

export function countBrowserTests(file = process.env[COUNTS_FILE]): Reporter {
  return {
    onTestRunFinished({ sessions }) {
      if (file) writeFileSync(file, JSON.stringify(sessions.map(countSession).reduce(add, NOTHING)));
    },
  };
}

function countSession({ testResults, passed, errors }: TestSession): Counts {
  const counts = testResults ? countSuite(testResults) : NOTHING;
  // A file that cannot be loaded, or throws beside its tests, fails without a failed test.
  const brokenBesideItsTests = errors.length > 0 || (!passed && counts.failed === 0);
  return brokenBesideItsTests ? add(counts, { passed: 0, failed: 1, skipped: 0 }) : counts;
}

function countSuite({ tests, suites }: TestSuiteResult): Counts {
  const own: Counts = {
    passed: tests.filter((test) => test.passed && !test.skipped).length,
    failed: tests.filter((test) => !test.passed && !test.skipped).length,
    skipped: tests.filter((test) => test.skipped).length,
  };
  return suites.map(countSuite).reduce(add, own);
}
