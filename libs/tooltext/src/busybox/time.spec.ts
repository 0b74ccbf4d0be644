import { hostIn, labAfter, run } from '@netfold/testkit';
import { busyboxFunctions } from '@netfold/domain';
import { expect, test } from 'vitest';
import { containerWorld } from '../world/container-world.ts';
import { asContainer } from '../world/run-as.ts';
import { typeLine } from '../world/typed-line.fixture.ts';

const begun = () => {
  const scene = labAfter(...run('c1'));
  const host = hostIn(scene);
  const [container] = host.containers.values();
  if (container === undefined) throw new Error('the container is not there');
  const place = { lab: scene.lab, labId: 'lab-00000001', host, now: 0 };
  return containerWorld(place, container, asContainer);
};

const typed = (line: string) => {
  const { stdout, stderr, exitCode } = typeLine(begun(), line);
  return [stdout, stderr, exitCode];
};

const used = (real: string): string => `real\t${real}\nuser\t0m 0.00s\nsys\t0m 0.00s\n`;
const failure = (status: number): string => `Command exited with non-zero status ${status}\n`;
const missing = (name: string): string =>
  `time: can't execute '${name}': No such file or directory\n`;

// Recorded with BusyBox 1.35.
test.each([
  ['time true', '', used('0m 0.00s'), 0],
  ['time sleep 1', '', used('0m 1.00s'), 0],
  ["time sh -c 'sleep 1; sleep 2'", '', used('0m 3.00s'), 0],
  ['time false', '', failure(1) + used('0m 0.00s'), 1],
  ['time -p false', '', `${failure(1)}real 0.00\nuser 0.00\nsys 0.00\n`, 1],
  ['time cd /tmp', '', missing('cd') + failure(127) + used('0m 0.00s'), 127],
  ["time -f '%E %U %S %x %C' sleep 1", '', '0m 1.00s 0.00 0.00 0 sleep 1\n', 0],
  ['time -o /tmp/t sleep 1; cat /tmp/t', used('0m 1.00s'), '', 0],
])('%s', (line, stdout, stderr, exitCode) => {
  expect(typed(line)).toEqual([stdout, stderr, exitCode]);
});

// Recorded with BusyBox 1.35.
test('busybox tells what it can do, and does it', () => {
  const [text = ''] = typed('busybox');
  const banner = 'BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.\n';
  const [head = '', list = ''] = String(text).split('Currently defined functions:\n');
  expect(head.startsWith(`${banner}BusyBox is copyrighted`)).toBe(true);
  const lines = list.split('\n');
  expect(lines[0]).toBe(
    '\t[, [[, acpid, adjtimex, ar, arch, arp, arping, ascii, ash, awk, base64,',
  );
  expect(lines.at(-2)).toBe('\txxd, xz, xzcat, yes, zcat');
  expect(typed('busybox --list | head -2')[0]).toBe('[\n[[\n');
  expect(typed('busybox --list-full | head -3')[0]).toBe('usr/bin/[\nusr/bin/[[\nsbin/acpid\n');
  expect(busyboxFunctions).toHaveLength(258);
  expect(typed('busybox echo hi')).toEqual(['hi\n', '', 0]);
  expect(typed('busybox nosuch')).toEqual(['', 'nosuch: applet not found\n', 127]);
});

test('an image has its own programs beside those of BusyBox, and no others', () => {
  const installed = ['busybox', 'node', 'ps'];
  const isInstalled = (name: string): boolean => installed.includes(name);
  const world = { ...begun(), readFile: () => null, isInstalled };
  expect(typeLine(world, 'npm i').exitCode).toBe(0);
  expect(typeLine(world, 'pgrep x').stderr).toBe('sh: pgrep: not found\n');
  expect(typeLine(world, 'nohup ps').stderr).toBe('sh: nohup: not found\n');
});
