import type { Tool } from '../tool.ts';
import { baseName, below, fileCall, outcomeOf, placeIn, usageOf } from './operands.ts';
import type { FileCall } from './operands.ts';

const form = {
  tool: 'ln',
  letters: 'sfnv',
  long: { symbolic: 's', force: 'f', 'no-dereference': 'n', verbose: 'v' },
} as const;

const linkMode = 0o777;

/** `ln [-sfn] TARGET... LINK`. A hard link is a file of its own: it is not told from a copy. */
export const ln: Tool = (world, argv) => {
  const call = fileCall(world, argv, form);
  if ('exitCode' in call) return call;
  const { files, operands, options } = call;
  const [first] = operands;
  if (first === undefined) return usageOf(world, 'ln', 'missing file operand');
  const last = operands.length === 1 ? '.' : (operands.at(-1) ?? '');
  const place = placeIn(call, last);
  const isInto = files.isFolder(place) && !(options.has('n') && files.find(place)?.kind === 'link');
  for (const target of operands.length === 1 ? operands : operands.slice(0, -1)) {
    linkOne(call, target, isInto ? below(last === '.' ? '.' : last, baseName(target)) : last);
  }
  return outcomeOf(call);
};

const linkOne = (call: FileCall, target: string, name: string): void => {
  const { files, world, options, isBusybox, problems, told } = call;
  const place = placeIn(call, name);
  const isSymbolic = options.has('s');
  const source = isSymbolic ? null : files.find(placeIn(call, target));
  if (!isSymbolic && source === null) {
    const what = isBusybox ? target : `failed to access '${target}'`;
    problems.push(`ln: ${what}: No such file or directory\n`);
    return;
  }
  const there = files.find(place);
  const isTaken = there !== null && (!options.has('f') || there.kind === 'directory');
  const { userId } = files;
  const link = {
    path: place,
    kind: 'link',
    mode: linkMode,
    userId,
    groupId: userId,
    modifiedAt: world.now,
    encoding: 'utf8',
    content: '',
    target,
  } as const;
  const problem = isTaken ? 'File exists' : files.put(place, source ?? link);
  if (problem === null) {
    if (options.has('v')) told.push(`'${name}' ${isSymbolic ? '->' : '=>'} '${target}'\n`);
  } else if (isBusybox) problems.push(`ln: ${name}: ${problem}\n`);
  else {
    const hard = `create hard link '${name}'${isTaken ? '' : ` => '${target}'`}`;
    const what = isSymbolic ? `create symbolic link '${name}'` : hard;
    problems.push(`ln: failed to ${what}: ${problem}\n`);
  }
};
