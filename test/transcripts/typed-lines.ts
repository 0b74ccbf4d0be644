import type { CommandBody } from '@netfold/contracts';
import { hostIn, labAfter } from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import { findInstalled, hostWorld, newBudget, noInput } from '@netfold/tooltext';
import type { StepAnswer, TopologyStep } from './recording.ts';

/** What is another one on every machine and at every time. */
const replacements: readonly (readonly [RegExp, string])[] = [
  // The recorded machines' eth0 is a pair's half, and an interface number of its own namespace.
  [/eth0@if\d( *)/g, 'eth0    $1'],
  [/eth0 {4}:/g, 'eth0:'],
  [/(link\/ether 52:54:00:00:32:\S+ brd ff:ff:ff:ff:ff:ff) link-netnsid 0/g, '$1'],
  [/(?:[0-9a-f]{2}:){5}[0-9a-f]{2}/g, 'MAC'],
  [/8000\.(?!0{12})[0-9a-f]{12}/g, '8000.ID'],
  [/fe80::[0-9a-f:]+/g, 'fe80::N'],
  [/time=\S+ ms/g, 'time=T ms'],
  [/rtt .*/g, 'rtt'],
  [/round-trip .*/g, 'round-trip'],
  // The recorded machines keep number 0 for the namespace behind their eth0.
  [/\(id: (\d+)\)/g, '(id)'],
  [/link-netnsid \d+/g, 'link-netnsid N'],
  // Duplicate detection goes on for a second or two.
  [/ tentative /g, ' '],
  // BusyBox pads a column, the kernel counts what passed.
  [/(RX|TX) (packets|bytes):.*/g, '$1 $2'],
];

const steady = (text: string): string =>
  replacements.reduce((now, [pattern, by]) => now.replaceAll(pattern, by), text).trimEnd();

const isOfMachine = (line: string): boolean => / eth0: .*state|type veth/.test(line);

/** An answer without what no two machines have in common; lines of lists in the order of text. */
export const comparable = ({ exit, stdout, stderr }: Omit<StepAnswer, 'api'>): string =>
  [
    `exit ${exit}`,
    ...steady(stdout)
      .split('\n')
      .filter((line) => !isOfMachine(line)),
    ...steady(stderr)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `! ${line}`),
  ].join('\n');

/** A fresh lab after the commands that a client gave it. */
export const freshLab = (...commands: readonly CommandBody[]): Scene => labAfter(...commands);

/** Types one line at the prompt of a lab host: what it printed, and the lab afterwards. */
export function type(
  scene: Scene,
  { host, shell = '' }: Pick<TopologyStep, 'host' | 'shell'>,
): { readonly answer: Omit<StepAnswer, 'api'>; readonly scene: Scene } {
  const { lab } = scene;
  const world = hostWorld({ lab, labId: 'lab', host: hostIn(scene, host), now: lab.time });
  const program = findInstalled(world, 'sh');
  if (program === null) throw new Error('a host has a shell');
  const call = { world, stdin: noInput, find: findInstalled, budget: newBudget(), depth: 0 };
  const { pieces, exitCode } = program({ ...call, argv: ['sh', '-c', shell] });
  const text = (stream: string): string =>
    pieces
      .filter((piece) => piece.stream === stream)
      .map((piece) => piece.text)
      .join('');
  const { commands = [], traffic } = world.edits ?? {};
  const taught = traffic === undefined ? [] : [{ type: 'ReportTraffic', traffic } as const];
  const after = [...commands, ...taught].reduce((now, one) => now.when(one), scene);
  const answer = { exit: exitCode, stdout: text('stdout'), stderr: text('stderr') };
  return { answer, scene: after };
}
