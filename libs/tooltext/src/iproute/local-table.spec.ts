import { containerIn, createNetwork, hostIn, labAfter, run } from '@netfold/testkit';
import { expect, it } from 'vitest';
import { busyboxIp } from '../busybox/ip.ts';
import { containerWorld } from '../world/container-world.ts';
import { hostWorld } from '../world/host-world.ts';
import { asContainer } from '../world/run-as.ts';
import { ip } from './ip.ts';

const scene = labAfter(
  createNetwork('red', {
    subnet: '10.44.0.0/24',
    options: { 'com.docker.network.bridge.name': 'br-t' },
  }),
  ...run('c1', { networkMode: 'red' }),
);
const world = hostWorld({ lab: scene.lab, labId: 'lab-1', host: hostIn(scene), now: 0 });
const printedBy = (line: string) => ip(world, line.split(' '), { text: '' });

/** As recorded on a real host with iproute2 6.1. */
const local = [
  'local 10.44.0.1 dev br-t proto kernel scope host src 10.44.0.1 ',
  'broadcast 10.44.0.255 dev br-t proto kernel scope link src 10.44.0.1 ',
  'local 127.0.0.0/8 dev lo proto kernel scope host src 127.0.0.1 ',
  'local 127.0.0.1 dev lo proto kernel scope host src 127.0.0.1 ',
  'broadcast 127.255.255.255 dev lo proto kernel scope link src 127.0.0.1 ',
  'local 172.17.0.1 dev docker0 proto kernel scope host src 172.17.0.1 ',
  'broadcast 172.17.255.255 dev docker0 proto kernel scope link src 172.17.0.1 linkdown ',
  'local 192.168.50.11 dev eth0 proto kernel scope host src 192.168.50.11 ',
  'broadcast 192.168.50.255 dev eth0 proto kernel scope link src 192.168.50.11 ',
];

it('the table local has the addresses of the stack and their broadcast addresses', () => {
  expect(printedBy('ip -4 route show table local').stdout.split('\n')).toEqual([...local, '']);
});

it('is narrowed as any other, and what was asked for is left out', () => {
  const only = (words: string) =>
    printedBy(`ip route show table local ${words}`).stdout.split('\n').slice(0, -1);
  expect(only('dev br-t')).toEqual([
    'local 10.44.0.1 proto kernel scope host src 10.44.0.1 ',
    'broadcast 10.44.0.255 proto kernel scope link src 10.44.0.1 ',
  ]);
  expect(only('10.44.0.1')).toEqual(local.slice(0, 1));
  expect(only('type broadcast')).toEqual(local.filter((line) => line.startsWith('broadcast')));
  expect(only('scope host')).toEqual(
    local.flatMap((line) => (line.includes(' host ') ? [line.replace(' scope host', '')] : [])),
  );
});

it('stands behind the main table where all are listed', () => {
  const main = printedBy('ip route').stdout;
  const behind = local.map((line) => line.replace(' proto', ' table local proto'));
  expect(printedBy('ip route list table all').stdout).toBe(`${main}${behind.join('\n')}\n`);
});

it('BusyBox has the same one in its own words', () => {
  const place = { lab: scene.lab, labId: 'lab-1', host: hostIn(scene), now: 0 };
  const inside = containerWorld(place, containerIn(scene, 'c1'), asContainer);
  const argv = ['ip', 'route', 'show', 'table', 'local'];
  expect(busyboxIp(inside, argv, { text: '' }).stdout.split('\n')).toEqual([
    'local 10.44.0.2 dev eth0 scope host  src 10.44.0.2 ',
    'broadcast 10.44.0.255 dev eth0 scope link  src 10.44.0.2 ',
    'local 127.0.0.0/8 dev lo scope host  src 127.0.0.1 ',
    'local 127.0.0.1 dev lo scope host  src 127.0.0.1 ',
    'broadcast 127.255.255.255 dev lo scope link  src 127.0.0.1 ',
    '',
  ]);
});

it('a table that nobody made is none', () => {
  expect(printedBy('ip route show table 100')).toMatchObject({
    stdout: '',
    stderr: 'Error: ipv4: FIB table does not exist.\nDump terminated\n',
    exitCode: 2,
  });
});
