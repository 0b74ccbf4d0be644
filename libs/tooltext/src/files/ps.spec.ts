import { containerIn, hostIn, labAfter, run } from '@netfold/testkit';
import { expect, test } from 'vitest';
import { containerWorld } from '../world/container-world.ts';
import { hostWorld } from '../world/host-world.ts';
import { asContainer } from '../world/run-as.ts';
import { ps } from './ps.ts';

const scene = labAfter(
  ...run('web', {
    image: 'nginx',
    command: null,
    exposedPorts: ['80/tcp'],
    portBindings: [{ containerPort: '80/tcp', hostIp: '127.0.0.1', hostPort: '8080' }],
  }),
  ...run('box', { image: 'alpine', command: ['sleep', '1d'] }),
);
const place = { lab: scene.lab, labId: 'lab', host: hostIn(scene), now: 0 };
const host = hostWorld(place);
const inside = containerWorld(place, containerIn(scene, 'box'), asContainer);
const none = { text: '' };
const typed = (line: string, world = host): string =>
  ps(world, line.split(' '), none).stdout.replaceAll(/ \d\d:\d\d /g, ' HH:MM ');
const proxyLine = (line: string): string =>
  typed(line)
    .split('\n')
    .find((one) => one.includes('docker-proxy')) ?? '';
const proxy =
  '/usr/sbin/docker-proxy -proto tcp -host-ip 127.0.0.1 -host-port 8080 ' +
  '-container-ip 172.17.0.2 -container-port 80';

test('BusyBox puts its headings to the left, and the last column is as long as it is', () => {
  expect(typed('ps', inside)).toBe('PID   USER     COMMAND\n    1 root     sleep 1d\n');
  expect(typed('ps -o pid,args', inside)).toBe('PID   COMMAND\n    1 sleep 1d\n');
  expect(typed('ps -o user,comm', inside)).toBe('USER     COMMAND\nroot     sleep\n');
  expect(typed('ps -o comm,ppid', inside)).toBe('COMMAND          PPID\nsleep                0\n');
  expect(typed('ps aux', inside)).toBe(typed('ps', inside));
});

test('BusyBox names the columns that it knows', () => {
  expect(ps(inside, ['ps', '-o', 'time'], none)).toMatchObject({
    exitCode: 1,
    stderr:
      "ps: bad -o argument 'time', supported arguments: " +
      'user,group,comm,args,pid,ppid,pgid,nice,rgroup,ruser,tty,vsz,sid,stat,rss\n',
  });
});

test('procps prints chosen columns, with headings of their own or without', () => {
  expect(proxyLine('ps -eo args')).toBe(proxy);
  expect(typed('ps -eo args').split('\n')[0]).toBe('COMMAND');
  expect(proxyLine('ps -e -o user,comm,args')).toBe(`root     docker-proxy    ${proxy}`);
  expect(typed('ps -eo pid,ppid,comm').split('\n')[0]).toBe('    PID    PPID COMMAND');
  expect(typed('ps -C docker-proxy -o comm=')).toBe('docker-proxy\n');
  expect(typed('ps -C docker-proxy -o comm=PROGRAM')).toBe('PROGRAM\ndocker-proxy\n');
  expect(typed('ps -C docker-proxy -o user,comm --no-headers')).toBe('root     docker-proxy\n');
});

test.each([
  ['ps -ef', 'UID          PID    PPID  C STIME TTY          TIME CMD'],
  ['ps aux', 'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND'],
  ['ps -aux', 'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND'],
  ['ps ax', '    PID TTY      STAT   TIME COMMAND'],
  ['ps -e', '    PID TTY          TIME CMD'],
])('procps heads `%s` as it does', (line, heading) => {
  expect(typed(line).split('\n')[0]).toBe(heading);
  expect(proxyLine(line)).toMatch(
    line === 'ps -e' ? /00:00:00 docker-proxy$/ : / -container-port 80$/,
  );
});

test('procps says which column it does not know', () => {
  expect(ps(host, ['ps', '-o', 'nosuch'], none)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^error: unknown user-defined format specifier "nosuch"\n/),
  });
});
