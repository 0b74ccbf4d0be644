import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node';
import type { LaneReport } from './result.ts';

const textLengthMax = 600;

/** Vitest's reporter of a lane: writes a `LaneReport`, as JSON. */
export class LaneReporter implements Reporter {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    writeFileSync(this.#file, JSON.stringify(reportOf(modules, unhandled)));
  }
}

function reportOf(
  modules: readonly TestModule[],
  unhandled: readonly SerializedError[],
): LaneReport {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const count = (state: string): number =>
    tests.filter((test) => test.result().state === state).length;
  const failing = tests.filter((test) => test.result().state === 'failed');
  const groups = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  return {
    passed: count('passed'),
    failed: failing.length,
    skipped: tests.length - count('passed') - failing.length,
    failures: [
      ...failing.map((test) => `${nameOf(test)}: ${first(test.result().errors)}`),
      ...groups
        .filter((group) => group.errors().length > 0)
        .map((group) => `${nameOf(group)}: ${first(group.errors())}`),
      ...unhandled.map(
        (error) => `outside of all tests: ${shortened(error.stack ?? error.message)}`,
      ),
    ],
  };
}

function nameOf(task: TestCase | TestModule | TestSuite): string {
  if (task.type === 'module') return relative(process.cwd(), task.moduleId);
  return `${relative(process.cwd(), task.module.moduleId)}: ${task.fullName}`;
}

const first = (errors: readonly SerializedError[] | undefined): string =>
  shortened(errors?.[0]?.message ?? 'no error was given');

const shortened = (text: string): string =>
  text.length > textLengthMax ? `${text.slice(0, textLengthMax)} …` : text;
