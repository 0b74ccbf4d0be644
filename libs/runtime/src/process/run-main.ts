import { inspect } from 'node:util';
import { printedProblem } from '@netfold/configuration';
import { problemOf } from './problem-of.ts';

/**
 * Runs a program and ends the process: with the exit code that it gives, or goes on until a signal
 * for `null`. What it throws is printed, problems in their own form, and ends with 1.
 */
export async function runMain(program: () => Promise<number | null>): Promise<void> {
  try {
    const exitCode = await program();
    if (exitCode !== null) process.exit(exitCode);
  } catch (error) {
    const problem = problemOf(error);
    process.stderr.write(problem === null ? `${inspect(error)}\n` : printedProblem(problem));
    process.exit(1);
  }
}
