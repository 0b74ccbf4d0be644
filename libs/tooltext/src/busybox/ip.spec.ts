import { containerIn, labAfter, placeIn, run } from '@netfold/testkit';
import { describe, expect, it } from 'vitest';
import { containerWorld } from '../world/container-world.ts';
import { asContainer } from '../world/run-as.ts';
import { busyboxIp } from './ip.ts';

const scene = labAfter(...run('c1'));
const inside = (line: string) => {
  const world = containerWorld(placeIn(scene), containerIn(scene, 'c1'), asContainer);
  const { stdout, stderr, exitCode } = busyboxIp(world, line.split(' '), { text: '' });
  return exitCode === 0 ? stdout : [exitCode, stderr];
};

const lo = '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000\n';
const loMac = '    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n';
const eth0 = '4: eth0@if5: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue \n';
const eth0Mac = '    link/ether 02:42:ac:11:00:02 brd ff:ff:ff:ff:ff:ff\n';
const address =
  '    inet 172.17.0.2/16 brd 172.17.255.255 scope global eth0\n' +
  '       valid_lft forever preferred_lft forever\n';

/** As recorded with BusyBox 1.35, but for addresses. */
describe('ip addr show of BusyBox', () => {
  it.each([
    ['ip addr show scope global', lo + loMac + eth0 + eth0Mac + address],
    ['ip -4 addr show scope global', eth0 + address],
    ['ip addr show label eth0', eth0 + eth0Mac + address],
    ['ip addr show to 172.17.0.0/16', eth0 + address],
    ['ip addr show eth0 scope link', eth0 + eth0Mac],
  ])('%s', (line, text) => {
    expect(inside(line)).toBe(text);
  });

  it.each([
    ['ip addr show type veth', 1, 'either "dev" is duplicate, or "veth" is garbage'],
    ['ip link show type bridge', 2, 'either "dev" is duplicate, or "bridge" is garbage'],
    ['ip addr show eth0 eth1', 1, 'either "dev" is duplicate, or "eth1" is garbage'],
    ['ip addr show scope bogus', 1, "invalid argument 'bogus' to 'scope'"],
    ['ip addr show nosuch scope global', 1, "can't find device 'nosuch'"],
  ] as const)('%s is refused', (line, exitCode, problem) => {
    expect(inside(line)).toEqual([exitCode, `ip: ${problem}\n`]);
  });
});
