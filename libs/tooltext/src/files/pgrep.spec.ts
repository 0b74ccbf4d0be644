import { containerIn, hostIn, labAfter, run } from '@netfold/testkit';
import { expect, test } from 'vitest';
import { busyboxPing } from '../network/busybox-ping.ts';
import { containerWorld } from '../world/container-world.ts';
import { hostWorld } from '../world/host-world.ts';
import { asContainer } from '../world/run-as.ts';
import { pgrep } from './pgrep.ts';
import { ps } from './ps.ts';

const published = {
  image: 'nginx',
  command: null,
  exposedPorts: ['80/tcp'],
  portBindings: [{ containerPort: '80/tcp', hostIp: '', hostPort: '8080' }],
};
const dropped = { config: {}, hostConfig: { CapDrop: ['ALL'] } };
const scene = labAfter(
  ...run('web', published),
  ...run('poor', { image: 'alpine', command: ['sleep', '1d'], passThrough: dropped }),
);
const place = { lab: scene.lab, labId: 'lab', host: hostIn(scene), now: 0 };
const host = hostWorld(place);
const inside = containerWorld(place, containerIn(scene, 'poor'), asContainer);
const none = { text: '' };

const proxies = ['0.0.0.0', '::'].map(
  (address) =>
    `/usr/sbin/docker-proxy -proto tcp -host-ip ${address} -host-port 8080 ` +
    '-container-ip 172.17.0.2 -container-port 80',
);

/** As procps prints them on a real host of engine 20.10. */
test('finds the proxies of published ports', () => {
  const listed = ps(host, ['ps', '-C', 'docker-proxy', '-o', 'args='], none);
  expect(listed.stdout).toBe(`${proxies.join('\n')}\n`);
  const told = pgrep(host, ['pgrep', '-a', 'docker-proxy'], none);
  expect(told.stdout.replaceAll(/^\d+ /gm, '')).toBe(`${proxies.join('\n')}\n`);
  expect(pgrep(host, ['pgrep', '-c', 'docker-proxy'], none).stdout).toBe('2\n');
  expect(pgrep(host, ['pgrep', '-fc', 'host-ip :: '], none).stdout).toBe('1\n');
});

test('fails where there is none', () => {
  expect(pgrep(host, ['pgrep', '-x', 'docker'], none)).toMatchObject({ exitCode: 1, stdout: '' });
  expect(ps(host, ['ps', '-C', 'nosuch'], none).exitCode).toBe(1);
});

test('a container counts its processes from one', () => {
  expect(pgrep(inside, ['pgrep', 'sleep'], none).stdout).toBe('1\n');
});

/** Recorded with BusyBox 1.35 on engine 20.10. */
test('a container without NET_RAW cannot ping', () => {
  expect(busyboxPing(inside, ['ping', '-c', '1', '127.0.0.1'], none)).toMatchObject({
    exitCode: 1,
    stdout: 'PING 127.0.0.1 (127.0.0.1): 56 data bytes\n',
    stderr: 'ping: permission denied (are you root?)\n',
  });
});
