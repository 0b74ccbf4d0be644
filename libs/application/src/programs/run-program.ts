import {
  containerWorld,
  findInstalled,
  findProgram,
  findServing,
  newBudget,
} from '@netfold/tooltext';
import type {
  Input,
  Place,
  ProgramFinder,
  ProgramOutput,
  RunAs,
  ToolWorld,
} from '@netfold/tooltext';
import type { SingleCommand, Traffic } from '@netfold/contracts';
import type { Container } from '@netfold/domain';

type Start = {
  readonly world: ToolWorld;
  readonly argv: readonly string[];
  readonly stdin: Input;
};

/** What a program printed, and what its packets taught the tables on their way. */
export type ProgramRun = ProgramOutput & {
  readonly traffic: Traffic;
  /** What it did to chains, network stacks, files and processes, in this order. */
  readonly commands: readonly SingleCommand[];
};

const start = (
  { world, argv, stdin }: Start,
  first: ProgramFinder,
  find = findInstalled,
): ProgramRun | null => {
  const program = first(world, argv[0] ?? '');
  if (program === null) return null;
  const call = { world, argv, stdin, find, budget: newBudget(), depth: 0 };
  const output = program(call);
  return { ...output, ...doneIn(world) };
};

/** What the words of a line did to the world that they saw. */
export const doneIn = ({
  edits,
  files,
  processEdits,
  packets,
}: ToolWorld): Pick<ProgramRun, 'traffic' | 'commands'> => ({
  traffic: edits?.traffic ?? packets.taught,
  commands: [
    ...(edits?.commands ?? []),
    ...(files?.commands ?? []),
    ...(processEdits?.commands ?? []),
  ],
});

/**
 * Runs a program in a world, as far as running goes in a lab: it reads what it sees and prints.
 *
 * @returns `null` when the place has no such program
 */
export const runProgram = (
  world: ToolWorld,
  argv: readonly string[],
  stdin: Input,
): ProgramRun | null => start({ world, argv, stdin }, findInstalled);

type ContainerCall = {
  readonly place: Place;
  readonly container: Container;
  readonly runAs: RunAs;
  readonly argv: readonly string[];
  readonly stdin: Input;
};

/** Runs a program inside a running container, as `docker exec` does. */
export const runInContainer = (call: ContainerCall): ProgramRun | null => {
  const world = containerWorld(call.place, call.container, call.runAs);
  return start({ world, argv: call.argv, stdin: call.stdin }, findInstalled);
};

/**
 * Runs a container's own program. One that is not simulated is taken to serve and to go on.
 *
 * @returns `null` for such a one
 */
export const runOwnProgram = (call: ContainerCall): ProgramRun | null => {
  const world = containerWorld(call.place, call.container, call.runAs);
  return start({ world, argv: call.argv, stdin: call.stdin }, findProgram, findServing);
};
