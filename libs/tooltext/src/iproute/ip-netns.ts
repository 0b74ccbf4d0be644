import { failed, lines, printed } from '../tool.ts';
import type { ToolOutput, ToolWorld } from '../tool.ts';
import { asEdited } from '../world/edited-world.ts';
import { matches } from './ip-options.ts';
import { isShow } from './link-filter.ts';
import { makeEdits, notEditable } from './made-edits.ts';

/** What an `ip` line asks for: the tool itself, a program in another stack, or nothing at all. */
type Asked =
  | {
      readonly kind: 'tool' | 'program';
      readonly world: ToolWorld;
      readonly argv: readonly string[];
    }
  | { readonly kind: 'refused'; readonly exitCode: number; readonly text: string };

const noNamespace = (name: string): Asked => ({
  kind: 'refused',
  exitCode: 255,
  text: `Cannot open network namespace "${name}": No such file or directory\n`,
});

const inNamespace = (world: ToolWorld, name: string): ToolWorld | null => {
  const edits = world.edits?.within(name) ?? null;
  return edits === null ? null : asEdited({ ...world, edits });
};

/**
 * Where an `ip` line runs: `ip -n NAME ...` is the tool in another stack, `ip netns exec NAME CMD`
 * any program there.
 *
 * @param argv  of `ip`, its own name first
 */
export const namespaceAsked = (world: ToolWorld, argv: readonly string[]): Asked => {
  const at = argv.findIndex((word, index) => index > 0 && !word.startsWith('-'));
  const option = argv.findIndex((word) => /^--?n(e(t(n(s)?)?)?)?$/.test(word));
  if (option > 0 && (at < 0 || option < at)) {
    const name = argv[option + 1] ?? '';
    const inside = inNamespace(world, name);
    if (inside === null) return noNamespace(name);
    const words = argv.filter((_, index) => index !== option && index !== option + 1);
    return namespaceAsked(inside, words);
  }
  const [object = '', command = '', name, ...program] = at < 0 ? [] : argv.slice(at);
  if (object.length < 2 || !matches(object, 'netns') || command !== 'exec') {
    return { kind: 'tool', world, argv };
  }
  if (name === undefined) {
    return { kind: 'refused', exitCode: 1, text: 'No netns name specified\n' };
  }
  if (program.length === 0) {
    return { kind: 'refused', exitCode: 1, text: 'No command specified\n' };
  }
  const inside = inNamespace(world, name);
  return inside === null ? noNamespace(name) : { kind: 'program', world: inside, argv: program };
};

/** `ip netns [list]`, `ip netns add NAME`, `ip netns del NAME`. @source host-link-refusals */
export const netns = (world: ToolWorld, words: readonly string[]): ToolOutput => {
  const [command, name] = words;
  const known = world.edits?.namespaces ?? [];
  if (isShow(command)) {
    return printed(
      lines(
        known.map(({ name: one, number }) => (number === null ? one : `${one} (id: ${number})`)),
      ),
    );
  }
  const isAdding = command === 'add';
  if (!isAdding && command !== 'del' && command !== 'delete') {
    return failed(255, `Command "${command ?? ''}" is unknown, try "ip netns help".\n`);
  }
  if (name === undefined) return failed(1, 'No netns name specified\n');
  if (world.edits === null) return notEditable(`ip netns ${command}`);
  const isKnown = known.some((one) => one.name === name);
  const file = `namespace file "/run/netns/${name}"`;
  if (isAdding && isKnown) return failed(1, `Cannot create ${file}: File exists\n`);
  if (!isAdding && !isKnown) {
    return failed(1, `Cannot remove ${file}: No such file or directory\n`);
  }
  return makeEdits(world.edits, [{ kind: isAdding ? 'addNamespace' : 'removeNamespace', name }]);
};
