import { failed, printed } from '../tool.ts';
import type { FileEdits, Tool, ToolOutput, ToolWorld } from '../tool.ts';
import { parseOptions } from '../filters/input.ts';
import { resolvePath } from '../shell/session.ts';
import { below, usageOf } from './operands.ts';

/** What `rm` does with one operand, and what it has said so far. */
type Removal = {
  readonly world: ToolWorld;
  readonly files: FileEdits;
  readonly isForced: boolean;
  readonly isRecursive: boolean;
  readonly isVerbose: boolean;
  readonly told: string[];
  readonly problems: string[];
};

/** `rm [-rfv] PATH...`: each by itself; what cannot go is told, and the next one follows. */
export const rm: Tool = (world, argv) => {
  const long = new Map([
    ['--recursive', '-r'],
    ['--force', '-f'],
    ['--verbose', '-v'],
  ]);
  const words = argv.map((word) => long.get(word) ?? word);
  const { options, operands, unknown } = parseOptions(words, 'rRfv');
  if (unknown !== null) return usageOf(world, 'rm', `invalid option -- '${unknown}'`, true);
  if (operands.length === 0) {
    return options.has('f') ? printed('') : usageOf(world, 'rm', 'missing operand');
  }
  const { files } = world;
  if (files === null) return onHost(world, operands, options.has('f'));
  const removal: Removal = {
    world,
    files,
    isForced: options.has('f'),
    isRecursive: options.has('r') || options.has('R'),
    isVerbose: options.has('v'),
    told: [],
    problems: [],
  };
  for (const operand of operands) removeOperand(removal, operand);
  const { told, problems } = removal;
  const output = { stdout: told.join(''), stderr: problems.join('') };
  return { ...output, exitCode: problems.length > 0 ? 1 : 0, durationMs: 0 };
};

const removeOperand = (removal: Removal, operand: string): void => {
  const { world, files, isForced, isRecursive } = removal;
  const path = resolvePath(world.workingDirectory, operand);
  const refusal = refusalOf(removal, operand, path);
  if (refusal !== null) {
    removal.problems.push(refusal);
    return;
  }
  const there = files.find(path);
  if (there === null) {
    if (!isForced) removal.problems.push(cannot(removal, operand, 'No such file or directory'));
  } else if (there.kind === 'directory' && !isRecursive) {
    const isBusybox = world.userland === 'busybox';
    const words = isBusybox ? `rm: '${operand}' is a directory\n` : null;
    removal.problems.push(words ?? cannot(removal, operand, 'Is a directory'));
  } else removeTree(removal, operand, path);
};

/** The root, and the folder that one stands in. */
const refusalOf = (
  { world, isRecursive }: Removal,
  operand: string,
  path: string,
): string | null => {
  const isDots = /^\.\.?$/.test(operand.replace(/\/+$/, '').replace(/^.*\//, ''));
  if (world.userland === 'busybox') return isDots ? "rm: can't remove '.' or '..'\n" : null;
  if (!isRecursive) return null;
  if (isDots) return `rm: refusing to remove '.' or '..' directory: skipping '${operand}'\n`;
  if (path !== '/') return null;
  return (
    `rm: it is dangerous to operate recursively on '${operand}'\n` +
    'rm: use --no-preserve-root to override this failsafe\n'
  );
};

/** No files are kept of a host: what is not there is not there. */
const onHost = (world: ToolWorld, operands: readonly string[], isForced: boolean): ToolOutput => {
  const found = operands.find(
    (path) => world.readFile(path) !== null || world.listDirectory(path) !== null,
  );
  if (found !== undefined) {
    return failed(
      1,
      `netfold: \`rm\` of what is there (${found}) is simulated in containers only\n`,
    );
  }
  const missing = operands.map((path) => cannot({ world }, path, 'No such file or directory'));
  return isForced ? printed('') : failed(1, missing.join(''));
};

const cannot = ({ world }: Pick<Removal, 'world'>, name: string, problem: string): string =>
  `rm: ${world.userland === 'busybox' ? "can't" : 'cannot'} remove '${name}': ${problem}\n`;

/** @returns whether all of it is gone */
const removeTree = (removal: Removal, name: string, path: string): boolean => {
  const { world, files, isVerbose } = removal;
  const isFolder = files.find(path)?.kind === 'directory';
  const isBusybox = world.userland === 'busybox';
  if (!isVerbose || !isFolder) {
    const problem = files.remove(path);
    if (problem === null) {
      if (isVerbose) removal.told.push(`removed '${name}'\n`);
      return true;
    }
    if (!isFolder) {
      removal.problems.push(cannot(removal, name, problem));
      return false;
    }
  }
  const inside = world.listDirectory(path) ?? [];
  const gone = inside.map((one) => removeTree(removal, below(name, one), resolvePath(path, one)));
  const hasLeft = gone.includes(false);
  // GNU says nothing of a folder that keeps what it spoke of before.
  if (hasLeft && !isBusybox) return false;
  const problem = hasLeft ? 'Directory not empty' : files.remove(path);
  if (problem !== null) removal.problems.push(cannot(removal, name, problem));
  else if (isVerbose) removal.told.push(`removed directory${isBusybox ? ':' : ''} '${name}'\n`);
  return problem === null;
};
