import type { Tool } from '../tool.ts';
import { copyTree } from './copied-tree.ts';
import { baseName, below, fileCall, outcomeOf, placeIn, usageOf } from './operands.ts';
import type { FileCall } from './operands.ts';

const form = {
  tool: 'cp',
  letters: 'rRafpvdPL',
  long: { recursive: 'r', archive: 'a', force: 'f', verbose: 'v' },
} as const;

/** `cp [-rapv] SOURCE... TARGET` */
export const cp: Tool = (world, argv) => {
  const call = fileCall(world, argv, form);
  if ('exitCode' in call) return call;
  const { files, operands, isBusybox } = call;
  const [first] = operands;
  if (first === undefined) return usageOf(world, 'cp', 'missing file operand');
  const target = operands.at(-1) ?? '';
  if (operands.length === 1) {
    return usageOf(world, 'cp', `missing destination file operand after '${first}'`);
  }
  const isInto = files.isFolder(placeIn(call, target));
  if (operands.length > 2 && !isInto && !isBusybox) {
    const isThere = files.find(placeIn(call, target)) !== null;
    const problem = isThere ? 'Not a directory' : 'No such file or directory';
    call.problems.push(`cp: target '${target}': ${problem}\n`);
    return outcomeOf(call);
  }
  for (const source of operands.slice(0, -1)) {
    const name = isInto || operands.length > 2 ? below(target, baseName(source)) : target;
    copyOne(call, source, name);
  }
  return outcomeOf(call);
};

const copyOne = (call: FileCall, source: string, target: string): void => {
  const { files, options, isBusybox, problems } = call;
  const isTree = ['r', 'R', 'a'].some((letter) => options.has(letter));
  const isSame = isTree || options.has('d') || options.has('P');
  const from = isSame ? placeIn(call, source) : files.follow(placeIn(call, source));
  const to = placeIn(call, target);
  const entry = files.find(from);
  if (entry === null) {
    const can = isBusybox ? "can't" : 'cannot';
    problems.push(`cp: ${can} stat '${source}': No such file or directory\n`);
  } else if (entry.kind === 'directory' && !isTree) {
    const why = isBusybox ? '' : '-r not specified; ';
    problems.push(`cp: ${why}omitting directory '${source}'\n`);
  } else if (from === to || (entry.kind === 'file' && from === files.follow(to))) {
    problems.push(`cp: '${source}' and '${target}' are the same file\n`);
  } else if (to.startsWith(`${from}/`) && entry.kind === 'directory') {
    problems.push(
      isBusybox
        ? `cp: recursion detected, omitting directory '${target}'\n`
        : `cp: cannot copy a directory, '${source}', into itself, '${target}'\n`,
    );
  } else {
    const isKept = options.has('a') || options.has('p');
    copyTree(call, entry, { source, target, from, to, isKept });
  }
};
