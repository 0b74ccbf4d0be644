import { resolvePath } from '../shell/session.ts';
import type { Tool } from '../tool.ts';
import { below, fileCall, outcomeOf, placeIn, usageOf } from './operands.ts';
import type { FileCall } from './operands.ts';
import { changedMode } from './mode.ts';

const form = { tool: 'chmod', letters: 'Rvcf', long: { recursive: 'R' } } as const;

/** `-x` takes away a right: it is no option. */
const isMode = (word: string): boolean => /^-[rwxXst]+(,|$)/.test(word);

/** `chmod [-R] MODE PATH...` */
export const chmod: Tool = (world, argv) => {
  const at = argv.findIndex(isMode);
  const minus = at < 0 ? null : (argv[at] ?? '');
  const words = minus === null ? argv : argv.filter((_, index) => index !== at);
  const call = fileCall(world, words, form);
  if ('exitCode' in call) return call;
  const { files, isBusybox } = call;
  const mode = minus ?? call.operands[0];
  const operands = minus === null ? call.operands.slice(1) : call.operands;
  if (mode === undefined) return usageOf(world, 'chmod', 'missing operand');
  if (operands.length === 0) return usageOf(world, 'chmod', `missing operand after '${mode}'`);
  if (changedMode(mode, { mode: 0, kind: 'file' }) === null && !isBusybox) {
    return usageOf(world, 'chmod', `invalid mode: '${mode}'`);
  }
  for (const operand of operands) {
    const path = files.follow(placeIn(call, operand));
    changeTree(call, mode, { name: operand, path });
  }
  return outcomeOf(call);
};

const changeTree = (
  call: FileCall,
  mode: string,
  { name, path }: { readonly name: string; readonly path: string },
): void => {
  const { files, world, options, isBusybox, problems } = call;
  const entry = files.find(path);
  const next = entry === null ? null : changedMode(mode, entry);
  if (entry === null) {
    const what = isBusybox ? name : `cannot access '${name}'`;
    problems.push(`chmod: ${what}: No such file or directory\n`);
    return;
  }
  if (next === null) {
    problems.push(`chmod: invalid mode '${mode}'\n`);
    return;
  }
  const inside = entry.kind === 'directory' && options.has('R') ? world.listDirectory(path) : null;
  const problem = files.change(path, { mode: next });
  if (problem !== null) {
    const what = isBusybox ? name : `changing permissions of '${name}'`;
    problems.push(`chmod: ${what}: ${problem}\n`);
  }
  for (const one of inside ?? []) {
    const next = resolvePath(path, one);
    if (files.find(next)?.kind === 'link') continue;
    changeTree(call, mode, { name: below(name, one), path: next });
  }
};
