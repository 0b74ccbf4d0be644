import { inspect } from 'node:util';
import { NetfoldProblem, printedProblem } from '@netfold/configuration';
import type { Problem } from '@netfold/configuration';

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

/** Problems of every part have the same form. */
function problemOf(error: unknown): Problem | null {
  if (error instanceof NetfoldProblem) return error.problem;
  const isProblem =
    error instanceof Error && error.name === 'PostgresProblem' && 'problem' in error;
  return isProblem ? (error.problem as Problem) : null;
}
