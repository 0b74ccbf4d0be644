import { resolvePath } from '../shell/session.ts';
import type { Tool } from '../tool.ts';
import { changedMode } from './mode.ts';
import { fileCall, outcomeOf, placeIn, usageOf } from './operands.ts';
import type { FileCall } from './operands.ts';

const form = {
  tool: 'mkdir',
  letters: 'pvm:',
  long: { parents: 'p', verbose: 'v', mode: 'm' },
} as const;

/** `mkdir [-pv] [-m MODE] FOLDER...` */
export const mkdir: Tool = (world, argv) => {
  const call = fileCall(world, argv, form);
  if ('exitCode' in call) return call;
  const { files, operands, options, isBusybox, problems } = call;
  if (operands.length === 0) return usageOf(world, 'mkdir', 'missing operand');
  const given = options.get('m')?.at(-1);
  const mode = given === undefined ? null : changedMode(given, { mode: 0o777, kind: 'directory' });
  for (const operand of operands) {
    const problem = makeOne(call, operand);
    if (problem === null) {
      if (mode !== null) files.change(placeIn(call, operand), { mode });
      continue;
    }
    const verb = isBusybox ? "can't create" : 'cannot create';
    problems.push(`mkdir: ${verb} directory '${problem.name}': ${problem.text}\n`);
  }
  return outcomeOf(call);
};

const makeOne = (
  call: FileCall,
  operand: string,
): { readonly name: string; readonly text: string } | null => {
  const { files, world, options, isBusybox } = call;
  const names = options.has('p') ? foldersOf(operand) : [operand];
  for (const name of names) {
    const path = resolvePath(world.workingDirectory, name);
    if (options.has('p') && files.isFolder(path)) continue;
    const problem = files.makeFolder(path);
    const isLeaf = name === operand;
    // What stands in the way of a folder is no folder itself.
    if (problem === 'File exists' && !isLeaf)
      return { name: isBusybox ? `${name}/` : name, text: 'Not a directory' };
    if (problem !== null) return { name, text: problem };
    tell(call, name);
  }
  return null;
};

/** `a`, `a/b`, `a/b/c` */
const foldersOf = (operand: string): readonly string[] => {
  const parts = operand.split('/');
  const all = parts.map((_, at) => parts.slice(0, at + 1).join('/'));
  return all.filter((name, at) => name !== '' && parts[at] !== '');
};

const tell = ({ options, isBusybox, told }: FileCall, name: string): void => {
  if (!options.has('v')) return;
  told.push(isBusybox ? `created directory: '${name}'\n` : `mkdir: created directory '${name}'\n`);
};
