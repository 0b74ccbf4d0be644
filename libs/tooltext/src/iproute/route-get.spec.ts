import { containerIn, createNetwork, hostIn, labAfter, run } from '@netfold/testkit';
import { describe, expect, it } from 'vitest';
import { busyboxIp } from '../busybox/ip.ts';
import { containerWorld } from '../world/container-world.ts';
import { hostWorld } from '../world/host-world.ts';
import { asContainer } from '../world/run-as.ts';
import { ip } from './ip.ts';

const scene = labAfter(
  createNetwork('red', {
    subnet: '10.50.0.0/24',
    options: { 'com.docker.network.bridge.name': 'br-x' },
  }),
  createNetwork('six', { subnet: 'fd00:51::/64', enableIPv6: true }),
  ...run('c1', { networkMode: 'red' }),
  ...run('c2', { networkMode: 'six' }),
);
const place = { lab: scene.lab, labId: 'lab-1', host: hostIn(scene), now: 0 };
const host = hostWorld(place);

const answer = (line: string) => {
  const { stdout, stderr, exitCode } = ip(host, line.split(' '), { text: '' });
  return exitCode === 0 ? stdout : [exitCode, stderr];
};
const inside = (container: string, line: string) => {
  const world = containerWorld(place, containerIn(scene, container), asContainer);
  const { stdout, stderr, exitCode } = busyboxIp(world, line.split(' '), { text: '' });
  return exitCode === 0 ? stdout : [exitCode, stderr];
};

/** As recorded on a real host with iproute2 6.1. */
describe('ip route get', () => {
  const outside = '8.8.8.8 via 192.168.50.1 dev eth0 src 192.168.50.11 uid 0';
  it.each([
    ['ip route get to 8.8.8.8', `${outside} \n    cache \n`],
    ['ip -o route get 8.8.8.8', `${outside} \\    cache \n`],
    [
      'ip -d route get 8.8.8.8',
      'unicast 8.8.8.8 via 192.168.50.1 dev eth0 table main src 192.168.50.11 uid 0 \n' +
        '    cache \n',
    ],
    [
      'ip -j route get 8.8.8.8',
      '[{"dst":"8.8.8.8","gateway":"192.168.50.1","dev":"eth0","prefsrc":"192.168.50.11",' +
        '"flags":[],"uid":0,"cache":[]}]\n',
    ],
    [
      'ip route get 8.8.8.8 from 192.168.50.11',
      '8.8.8.8 from 192.168.50.11 via 192.168.50.1 dev eth0 uid 0 \n    cache \n',
    ],
    [
      'ip route get 10.50.0.2 from 192.168.50.11',
      '10.50.0.2 from 192.168.50.11 dev br-x uid 0 \n    cache \n',
    ],
    ['ip route get 8.8.8.8 oif docker0', '8.8.8.8 dev docker0 src 172.17.0.1 uid 0 \n    cache \n'],
    [
      'ip route get 192.168.50.1 from 10.50.0.2 iif br-x',
      '192.168.50.1 from 10.50.0.2 dev eth0 \n    cache iif br-x \n',
    ],
    [
      'ip route get 192.168.50.11 from 10.50.0.2 iif br-x',
      'local 192.168.50.11 from 10.50.0.2 dev lo \n    cache <local> iif br-x \n',
    ],
    [
      'ip route get 10.50.0.255',
      'broadcast 10.50.0.255 dev br-x src 10.50.0.1 uid 0 \n    cache <local,brd> \n',
    ],
    [
      'ip -6 route get fd00:51::1',
      'local fd00:51::1 from :: dev lo table local proto kernel src fd00:51::1 metric 0 ' +
        'pref medium\n',
    ],
  ])('%s', (line, text) => {
    expect(answer(line)).toBe(text);
  });

  it.each([
    ['ip route get 8.8.8.8 from 9.9.9.9', 2, 'RTNETLINK answers: Network is unreachable\n'],
    ['ip route get', 1, 'need at least a destination address\n'],
    ['ip route get 8.8.8.8 oif nosuch', 1, 'Cannot find device "nosuch"\n'],
    ['ip route get foo', 1, 'Error: any valid prefix is expected rather than "foo".\n'],
  ] as const)('%s fails', (line, exitCode, text) => {
    expect(answer(line)).toEqual([exitCode, text]);
  });
});

/** As recorded with BusyBox 1.35. */
describe('ip route of BusyBox', () => {
  it.each([
    ['ip route get 8.8.8.8', '8.8.8.8 via 10.50.0.1 dev eth0  src 10.50.0.2 \n'],
    ['ip route get 10.50.0.1 from 10.50.0.2', '10.50.0.1 from 10.50.0.2 dev eth0 \n'],
    ['ip route get 10.50.0.2', 'local 10.50.0.2 dev lo  src 10.50.0.2 \n'],
    ['ip route get 10.50.0.255', 'broadcast 10.50.0.255 dev eth0  src 10.50.0.2 \n'],
    ['ip route get 127.0.0.1', 'local 127.0.0.1 dev lo  src 127.0.0.1 \n'],
    ['ip route show match 8.8.8.8', 'default via 10.50.0.1 dev eth0 \n'],
    ['ip route show exact 10.50.0.0/24', '10.50.0.0/24 dev eth0 scope link  src 10.50.0.2 \n'],
    ['ip route show scope link', '10.50.0.0/24 dev eth0  src 10.50.0.2 \n'],
    [
      'ip route show table local dev eth0',
      'local 10.50.0.2 dev eth0 scope host  src 10.50.0.2 \n' +
        'broadcast 10.50.0.255 dev eth0 scope link  src 10.50.0.2 \n',
    ],
    ['ip route show table 100', ''],
  ])('%s', (line, text) => {
    expect(inside('c1', line)).toBe(text);
  });

  it('lists the table local behind the main one, and reads default as no filter', () => {
    const main = inside('c1', 'ip route');
    expect(inside('c1', 'ip route show default')).toBe(main);
    expect(inside('c1', 'ip route list table all')).toBe(
      `${String(main)}local 10.50.0.2 dev eth0 table local scope host  src 10.50.0.2 \n` +
        'broadcast 10.50.0.255 dev eth0 table local scope link  src 10.50.0.2 \n' +
        'local 127.0.0.0/8 dev lo table local scope host  src 127.0.0.1 \n' +
        'local 127.0.0.1 dev lo table local scope host  src 127.0.0.1 \n' +
        'broadcast 127.255.255.255 dev lo table local scope link  src 127.0.0.1 \n',
    );
  });

  it('gets a route of IPv6', () => {
    expect(inside('c2', 'ip route get fd00:51::1')).toBe(
      'fd00:51::1 from :: dev eth0  src fd00:51::2  metric 256 \n',
    );
  });

  it('gets no route to what is no address', () => {
    expect(inside('c1', 'ip route get foo')).toEqual([
      1,
      'ip: need at least destination address\n',
    ]);
  });
});
