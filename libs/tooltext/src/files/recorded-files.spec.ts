import { containerIn, hostIn, labAfter, run, testEpoch } from '@netfold/testkit';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { findInstalled, newBudget, noInput } from '../program.ts';
import { containerWorld } from '../world/container-world.ts';
import { asContainer } from '../world/run-as.ts';

/** What the real shells and tools printed: `recordings/record-files.py` says how. */
type Recording = {
  readonly line: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
};

type Place = 'debian' | 'bash' | 'busybox';

const recorded = createRequire(import.meta.url)('../../recordings/files.json') as Readonly<
  Record<Place, readonly Recording[]>
>;

const workingDir = '/desk';
const scene = labAfter(
  ...run('debian', { image: 'debian', workingDir }),
  ...run('busybox', { image: 'alpine', workingDir }),
);

const play = (place: Place, line: string): Recording => {
  const container = containerIn(scene, place === 'busybox' ? place : 'debian');
  const at = {
    lab: scene.lab,
    labId: 'lab-00000001',
    host: hostIn(scene),
    now: testEpoch,
  } as const;
  const world = containerWorld(at, container, asContainer);
  const argv = [place === 'bash' ? 'bash' : 'sh', '-c', line];
  const program = findInstalled(world, argv[0] ?? '');
  if (program === null) throw new Error(`no shell ${argv[0]}`);
  const call = { world, argv, stdin: noInput, find: findInstalled, budget: newBudget(), depth: 0 };
  const { pieces, exitCode } = program(call);
  const printed = (stream: 'stdout' | 'stderr'): string =>
    pieces.map((piece) => (piece.stream === stream ? piece.text : '')).join('');
  return { line, stdout: printed('stdout'), stderr: printed('stderr'), exitCode };
};

describe('files of a container', () => {
  it.each(recorded.debian)('of dash and the GNU tools: $line', (one) => {
    expect(play('debian', one.line)).toEqual(one);
  });

  it.each(recorded.bash)('of bash: $line', (one) => {
    expect(play('bash', one.line)).toEqual(one);
  });

  it.each(recorded.busybox)('of BusyBox: $line', (one) => {
    expect(play('busybox', one.line)).toEqual(one);
  });
});
