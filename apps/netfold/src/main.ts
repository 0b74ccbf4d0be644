import { NetfoldProblem, printedProblem } from './configuration/problem.ts';
import type { Problem } from './configuration/problem.ts';

/** The commands that open the database themselves. Each is loaded when it runs. */
const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number | null>>> = {
  up: async (args) => (await import('./server/up.ts')).up(args),
  rebuild: async (args) => (await import('./operations/rebuild.ts')).rebuild(args),
  verify: async (args) => (await import('./operations/verify.ts')).verify(args),
};

const [name = 'up', ...args] = process.argv.slice(2);

try {
  const exitCode = await commands[name]?.(args);
  // `null`: it goes on until a signal.
  if (exitCode !== null) process.exit(exitCode ?? 2);
} catch (error) {
  const problem = problemOf(error);
  process.stderr.write(problem === null ? `${String(error)}\n` : printedProblem(problem));
  if (problem === null) process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`);
  process.exit(1);
}

/** Problems of every part have the same form. */
function problemOf(error: unknown): Problem | null {
  if (error instanceof NetfoldProblem) return error.problem;
  const isProblem =
    error instanceof Error && error.name === 'PostgresProblem' && 'problem' in error;
  return isProblem ? (error.problem as Problem) : null;
}
