import { setParameter } from '../files/sysctl.ts';
import { parseOptions } from '../filters/input.ts';
import { failed, lines, printed } from '../tool.ts';
import type { Tool, ToolWorld } from '../tool.ts';

type Answer = { readonly stdout: readonly string[]; readonly problem: string };

const answerTo = (
  world: ToolWorld,
  word: string,
  options: Pick<ReadonlyMap<string, unknown>, 'has'>,
): Answer => {
  const [given = '', ...rest] = word.split('=');
  const name = given.replaceAll('/', '.');
  const text = world.readFile(`/proc/sys/${name.replaceAll('.', '/')}`);
  if (text === null) {
    const problem = `sysctl: error: '${name}' is an unknown key\n`;
    return { stdout: [], problem: options.has('e') ? '' : problem };
  }
  const shown = (value: string): readonly string[] => {
    if (options.has('N')) return [name];
    return [options.has('n') ? value : `${name} = ${value}`];
  };
  if (rest.length === 0) return { stdout: shown(text.trimEnd()), problem: '' };
  const value = rest.join('=').trim();
  const problem =
    world.edits?.hasWritableParameters === true
      ? setParameter(world.edits, name, value)
      : 'Read-only file system';
  if (problem !== null) {
    return { stdout: [], problem: `sysctl: error setting key '${name}': ${problem}\n` };
  }
  return { stdout: options.has('q') ? [] : shown(value), problem: '' };
};

/** BusyBox's `sysctl`: of the parameters that a lab knows. @source recorded BusyBox 1.35 */
export const busyboxSysctl: Tool = (world, argv) => {
  const { options, operands } = parseOptions(argv, 'neNqw');
  const answers = operands.map((word) => answerTo(world, word, options));
  const stdout = lines(answers.flatMap((one) => one.stdout));
  const stderr = answers.map(({ problem }) => problem).join('');
  return stderr === '' && operands.length > 0 ? printed(stdout) : failed(1, stderr, stdout);
};
