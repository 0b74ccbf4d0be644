import type { CommandBody } from '@netfold/contracts';
import { containerIn, hostIn, labAfter } from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import {
  asContainer,
  containerWorld,
  findInstalled,
  hostWorld,
  newBudget,
  noInput,
} from '@netfold/tooltext';
import type { ToolWorld } from '@netfold/tooltext';
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
  [/br-[0-9a-f]{12}/g, 'br-ID'],
  [/veth[0-9a-f]{7}/g, 'vethID'],
  [/^([\d.]+\t)[0-9a-f]{12}$/gm, '$1ID'],
  [/^# (Generated|Completed).*$/gm, '# $1'],
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

type Typed = { readonly answer: Omit<StepAnswer, 'api'>; readonly scene: Scene };

/** Types one line at the prompt of a lab host: what it printed, and the lab afterwards. */
export function type(scene: Scene, { host, shell = '' }: TopologyStep): Typed {
  const { lab } = scene;
  const world = hostWorld({ lab, labId: 'lab', host: hostIn(scene, host), now: lab.time });
  return runIn(scene, world, ['sh', '-c', shell]);
}

/** The words of `docker exec NAME WORD...`; `null` for any other line. */
export function execOf({ run = '' }: TopologyStep): { name: string; argv: string[] } | null {
  const [, name = '', rest = ''] = /^docker exec (\S+) (.*)$/.exec(run) ?? [];
  const argv = [...rest.matchAll(/'([^']*)'|(\S+)/g)].map(([, one, other]) => one ?? other ?? '');
  return name === '' ? null : { name, argv };
}

/** Runs a program in a container of a lab host, as `docker exec` does. */
export function exec(scene: Scene, host: string, name: string, argv: readonly string[]): Typed {
  const { lab } = scene;
  const place = { lab, labId: 'lab', host: hostIn(scene, host), now: lab.time };
  return runIn(scene, containerWorld(place, containerIn(scene, name, host), asContainer), argv);
}

function runIn(scene: Scene, world: ToolWorld, argv: readonly string[]): Typed {
  const program = findInstalled(world, argv[0] ?? '');
  if (program === null) throw new Error(`there is no ${argv[0] ?? ''}`);
  const call = { world, stdin: noInput, find: findInstalled, budget: newBudget(), depth: 0 };
  const { pieces, exitCode } = program({ ...call, argv });
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
