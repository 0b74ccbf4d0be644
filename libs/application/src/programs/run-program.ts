import { containerWorld, findProgram, newBudget } from '@netfold/tooltext';
import type { Place, ProgramOutput, RunAs, ToolWorld } from '@netfold/tooltext';
import type { Container } from '@netfold/domain';

/**
 * Runs a program in a world, as far as running goes in a lab: it reads what it sees and prints.
 *
 * @returns `null` when the place has no such program
 */
export const runProgram = (
  world: ToolWorld,
  argv: readonly string[],
  stdin: string,
): ProgramOutput | null => {
  const program = findProgram(world, argv[0] ?? '');
  return program === null ? null : program({ world, argv, stdin, budget: newBudget(), depth: 0 });
};

/** Runs a program inside a running container, as `docker exec` and its own command do. */
export const runInContainer = (call: {
  readonly place: Place;
  readonly container: Container;
  readonly runAs: RunAs;
  readonly argv: readonly string[];
  readonly stdin: string;
}): ProgramOutput | null =>
  runProgram(containerWorld(call.place, call.container, call.runAs), call.argv, call.stdin);
