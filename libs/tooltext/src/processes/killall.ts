import { busyboxUsage } from '../busybox/usage.ts';
import { numbersIn } from '../files/ps.ts';
import { processName } from '../files/ps-columns.ts';
import { failed, lines, printed } from '../tool.ts';
import type { Tool, ToolWorld } from '../tool.ts';
import { readKill, sendSignal } from './kill.ts';

/** Numbers of the processes that a name is of, the newest first; not of who asks. */
const numbersOf = (world: ToolWorld, name: string): readonly number[] => {
  const { processes, processId, place } = world;
  const numbers = numbersIn(processes, place === 'container');
  return processes
    .filter((row) => [processName(row), row.command[0]].includes(name))
    .filter((row) => row.processId !== processId || processName(row) !== asker)
    .map((row) => numbers.get(row.processId) ?? row.processId)
    .toReversed();
};

const asker = 'killall';

const usage = busyboxUsage(`Usage: killall [-lq] [-SIG] PROCESS_NAME...

Send a signal (default: TERM) to given processes

	-l	List all signal names and numbers
	-q	Don't complain if no processes were killed
`);

/** `killall [-SIGNAL] NAME...` in the words of BusyBox, or of psmisc. */
export const killall: Tool = (world, argv) => {
  const isBusybox = world.userland === 'busybox';
  if (isBusybox && argv[1] === '--help') return failed(0, usage);
  const order = readKill(argv.slice(1), 'killall');
  if ('exitCode' in order) return order;
  const said: string[] = [];
  let missing = 0;
  for (const name of order.targets) {
    const numbers = numbersOf(world, name);
    if (numbers.length === 0) {
      missing += 1;
      if (!order.isQuiet) said.push(unfound(isBusybox, name));
    }
    for (const number of numbers.toReversed()) {
      const problem = sendSignal(world, number, order.signal);
      if (problem === null) continue;
      missing += 1;
      said.push(`killall: can't kill pid ${number}: ${problem}`);
    }
  }
  return failed(isBusybox ? missing : Math.min(missing, 1), lines(said));
};

const unfound = (isBusybox: boolean, name: string): string =>
  isBusybox ? `killall: ${name}: no process killed` : `${name}: no process found`;

const pidofUsage = busyboxUsage(`Usage: pidof [NAME]...

List PIDs of all processes with names that match NAMEs
`);

/** `pidof NAME...` */
export const pidof: Tool = (world, argv) => {
  const words = argv.slice(1);
  const option = words.find((word) => word.startsWith('-'));
  const isBusybox = world.userland === 'busybox';
  if (isBusybox && option === '--help') return failed(0, pidofUsage);
  if (isBusybox && option !== undefined) {
    return failed(1, `pidof: invalid option -- '${option.slice(1, 2)}'\n${pidofUsage}`);
  }
  const names = words.filter((word) => !word.startsWith('-'));
  const found = names.flatMap((name) => numbersOf(world, name));
  const shown = option === '-s' ? found.slice(0, 1) : found;
  return shown.length === 0 ? failed(1, '') : printed(`${shown.join(' ')}\n`);
};
