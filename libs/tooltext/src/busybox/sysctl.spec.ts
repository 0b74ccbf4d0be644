import { hostIn, labAfter, run } from '@netfold/testkit';
import { expect, test } from 'vitest';
import { noInput } from '../program.ts';
import { containerWorld } from '../world/container-world.ts';
import { asContainer } from '../world/run-as.ts';
import { busyboxSysctl } from './sysctl.ts';

const Sysctls = {
  'net.core.somaxconn': '77',
  'kernel.msgmax': '65536',
  'net.ipv4.ip_forward': '0',
};

/** A container with parameters of its own. */
function begun(UTSMode = '') {
  const passThrough = { config: {}, hostConfig: { Sysctls, UTSMode } };
  const scene = labAfter(...run('c1', { passThrough }));
  const host = hostIn(scene);
  const [container] = host.containers.values();
  if (container === undefined) throw new Error('the container is not there');
  const place = { lab: scene.lab, labId: 'lab-00000001', host, now: 0 };
  return containerWorld(place, container, asContainer);
}

test('a container reads the kernel parameters that it was given', () => {
  const world = begun();
  const sysctl = (...words: readonly string[]) => {
    const { stdout, stderr, exitCode } = busyboxSysctl(world, ['sysctl', ...words], noInput);
    return [stdout, stderr, exitCode];
  };
  expect(world.readFile('/proc/sys/net/core/somaxconn')).toBe('77\n');
  expect(world.readFile('/proc/sys/net/ipv4/nosuch')).toBeNull();
  expect(sysctl('net.core.somaxconn', 'kernel/msgmax')).toEqual([
    'net.core.somaxconn = 77\nkernel.msgmax = 65536\n',
    '',
    0,
  ]);
  expect(sysctl('-n', 'net.ipv4.ip_forward')).toEqual(['0\n', '', 0]);
  expect(sysctl('net.ipv4.nosuch')).toEqual([
    '',
    "sysctl: error: 'net.ipv4.nosuch' is an unknown key\n",
    1,
  ]);
  expect(sysctl('-e', 'net.ipv4.nosuch')).toEqual(['', '', 0]);
  expect(sysctl('-w', 'net.ipv4.ip_forward=1')).toEqual([
    '',
    "sysctl: error setting key 'net.ipv4.ip_forward': Read-only file system\n",
    1,
  ]);
});

test('a container in the UTS namespace of its host has the name of that', () => {
  expect(begun('host').hostname).toBe('h1');
  expect(begun().hostname).not.toBe('h1');
});
