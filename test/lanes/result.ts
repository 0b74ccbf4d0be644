import type { Lane, Tool } from './lanes.ts';

/** What became of one lane. `failed` counts failing tests and, as one each, other failures. */
export type LaneResult =
  | { readonly kind: 'missing'; readonly lane: Lane; readonly tool: Tool }
  | {
      readonly kind: 'ran';
      readonly lane: Lane;
      readonly passed: number;
      readonly failed: number;
      /** Failures that no single test stands for: no tests at all, a crash, the time limit. */
      readonly complaints: readonly string[];
      /** What failed and why, for the report: who reads it may see nothing else of the run. */
      readonly failures?: readonly string[];
      /** What the specs say of their run, such as which images there were. */
      readonly notes?: readonly string[];
    };

/** What the reporter beside this file says of one run of Vitest. */
export type LaneReport = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** One text for each failing test, group of tests and error outside of them. */
  readonly failures: readonly string[];
};

const failuresShownMax = 20;

/**
 * Judges one run of Vitest.
 *
 * @param report    null when Vitest wrote none
 * @param exitCode  null when it was stopped at the lane's time limit
 * @param notes     what its specs wrote for the report
 */
export function judge(
  lane: Lane,
  report: LaneReport | null,
  exitCode: number | null,
  notes: readonly string[] = [],
): LaneResult {
  const { passed, failed: failedTests, skipped, failures } = report ?? nothing;
  const complaints: string[] = [];
  if (exitCode === null) complaints.push(`took longer than ${lane.minutesMax} minutes`);
  else if (exitCode !== 0 && failedTests === 0) complaints.push('failed outside of its tests');
  if (skipped > 0) complaints.push(`did not run ${skipped} of its tests`);
  if (passed + failedTests === 0) complaints.push('ran no test');
  const failed = failedTests + complaints.length;
  return { kind: 'ran', lane, passed, failed, complaints, failures, notes };
}

const nothing: LaneReport = { passed: 0, failed: 0, skipped: 0, failures: [] };

/** The report below the lanes' own output; its last line is `N passed, N failed`, alone. */
export function closingLine(
  results: readonly LaneResult[],
  options: { readonly requireAll: boolean },
): { readonly lines: readonly string[]; readonly failed: number } {
  const lines: string[] = [];
  let passed = 0;
  let failed = 0;
  for (const result of results) {
    if (result.kind === 'ran') {
      passed += result.passed;
      failed += result.failed;
      lines.push(`lane ${result.lane.name}: ${result.passed} passed, ${result.failed} failed`);
      lines.push(...(result.notes ?? []).map((note) => `  ${note}`));
      lines.push(...result.complaints.map((text) => `  failed: the lane ${text}`));
      lines.push(...shown(result.failures ?? []));
    } else {
      failed += options.requireAll ? 1 : 0;
      const verdict = options.requireAll ? 'failed, it is required here' : 'not run';
      const { lane, tool } = result;
      const missing = tool.missing ?? `\`${tool.command}\` was not found`;
      lines.push(`lane ${lane.name}: ${verdict}: ${missing}`);
      lines.push(`  to get it: ${tool.howToGet}`);
    }
  }
  lines.push(`${passed} passed, ${failed} failed`);
  return { lines, failed };
}

function shown(failures: readonly string[]): readonly string[] {
  const lines = failures
    .slice(0, failuresShownMax)
    .map((text) => `  failed: ${text.replaceAll('\n', '\n    ')}`);
  const more = failures.length - lines.length;
  return more > 0 ? [...lines, `  and ${more} more`] : lines;
}
