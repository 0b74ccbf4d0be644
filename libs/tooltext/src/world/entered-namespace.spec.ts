import { containerIn, createNetwork, labAfter, placeIn, run } from '@netfold/testkit';
import { expect, it } from 'vitest';
import { findInstalled, newBudget } from '../program.ts';
import { hostWorld } from './host-world.ts';

const scene = labAfter(
  createNetwork('red', { subnet: '172.30.0.0/16' }),
  ...run('site', { networkMode: 'red' }),
);
const { processId, sandboxId } = containerIn(scene, 'site');

it('a program runs in the stack of a process, or of a namespace file', () => {
  for (const place of [
    `-t ${processId} -n`,
    `-nt ${processId}`,
    `--target=${processId} --net`,
    `--net=/proc/${processId}/ns/net`,
    `-n/var/run/docker/netns/${(sandboxId ?? '').slice(0, 12)}`,
  ]) {
    expect(onHost(`nsenter ${place} ip -br addr show eth0`).stdout).toMatch(
      /^eth0@if\d+ .*172\.30\.0\.2/,
    );
  }
});

it('without a namespace it runs where it is, and the name of the host stays anyway', () => {
  expect(onHost(`nsenter -t ${processId} ip -br link show docker0`).exitCode).toBe(0);
  expect(onHost(`nsenter -t ${processId} -n -- hostname`).stdout).toBe('h1\n');
});

it('what is no namespace is refused, and nothing runs', () => {
  expect(onHost('nsenter -t abc -n hostname')).toEqual({
    stdout: '',
    stderr: "nsenter: failed to parse pid: 'abc'\n",
    exitCode: 1,
  });
  expect(onHost('nsenter -t 99999 -n hostname').stderr).toBe(
    'nsenter: cannot open /proc/99999/ns/net: No such file or directory\n',
  );
  expect(onHost('nsenter -n ip link').stderr).toBe(
    'nsenter: neither filename nor target pid supplied for ns/net\n',
  );
  expect(onHost(`nsenter -t ${processId} -n nosuch`).stderr).toBe(
    'nsenter: failed to execute nosuch: No such file or directory\n',
  );
});

it('brctl still lists the bridges of the host, whose /sys is there', () => {
  const there = `nsenter -t ${processId} -n`;
  expect(onHost(`${there} brctl show`)).toEqual(onHost('brctl show'));
  expect(onHost(`${there} brctl show docker0`).stdout).toContain('docker0\t\t8000.');
  expect(onHost(`${there} brctl show br0`).stderr).toBe('bridge br0 does not exist!\n');
});

it('/proc/net is that of the stack, /sys/class/net that of the host', () => {
  const there = `nsenter -t ${processId} -n`;
  expect(onHost(`${there} cat /proc/net/dev`).stdout).toContain('  eth0:');
  expect(onHost(`${there} cat /proc/net/dev`).stdout).not.toContain('docker0:');
  expect(onHost(`${there} ls /sys/class/net`).stdout).toContain('docker0\n');
});

function onHost(line: string) {
  const argv = line.split(' ');
  const world = hostWorld(placeIn(scene));
  const program = findInstalled(world, argv[0] ?? '');
  if (program === null) throw new Error(`no program ${line}`);
  const call = { world, argv, stdin: { text: '' }, find: findInstalled, budget: newBudget() };
  const { pieces, exitCode } = program({ ...call, depth: 0 });
  const textOf = (stream: 'stdout' | 'stderr'): string =>
    pieces.flatMap((piece) => (piece.stream === stream ? piece.text : [])).join('');
  return { stdout: textOf('stdout'), stderr: textOf('stderr'), exitCode };
}
