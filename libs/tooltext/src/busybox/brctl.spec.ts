import { hostIn, labAfter, run } from '@netfold/testkit';
import { expect, test } from 'vitest';
import { containerWorld } from '../world/container-world.ts';
import { asContainer } from '../world/run-as.ts';
import { typeLine } from '../world/typed-line.fixture.ts';

function begun(CapAdd: readonly string[]) {
  const scene = labAfter(
    ...run('c1', { passThrough: { config: {}, hostConfig: { CapAdd: [...CapAdd] } } }),
  );
  const host = hostIn(scene);
  const [container] = host.containers.values();
  if (container === undefined) throw new Error('the container is not there');
  return containerWorld(
    { lab: scene.lab, labId: 'lab-00000001', host, now: 0 },
    container,
    asContainer,
  );
}

// Recorded with BusyBox 1.35.0 as Debian 12 builds it.
test.each([
  ['brctl show', "brctl: invalid argument 'show' to 'brctl'"],
  ['brctl -V', "brctl: invalid argument '-V' to 'brctl'"],
  ['brctl addbr br0; brctl addbr br0', 'brctl: bridge br0: File exists'],
  ['brctl addbr br0; brctl addif br0 nope', 'brctl: iface nope: No such device'],
  ['brctl addif nope eth0', 'brctl: bridge nope: No such device'],
  [
    'brctl addbr b; brctl addif b eth0; brctl addif b eth0',
    'brctl: bridge b: Device or resource busy',
  ],
  ['brctl addbr br0; brctl delif br0 eth0', 'brctl: bridge br0: Invalid argument'],
  ['brctl delbr nope', 'brctl: bridge nope: No such device or address'],
  ['brctl delbr eth0', 'brctl: bridge eth0: Operation not permitted'],
])('%s', (line, message) => {
  expect(typeLine(begun(['NET_ADMIN']), line)).toMatchObject({
    stdout: '',
    stderr: `${message}\n`,
    exitCode: 1,
  });
});

test('a bridge is made and removed, a name that is too long is cut', () => {
  const lines = 'brctl addbr averyveryverylongname && brctl delbr averyveryverylo && echo ok';
  expect(typeLine(begun(['NET_ADMIN']), lines)).toMatchObject({ stdout: 'ok\n', stderr: '' });
});

test('who may not is told so, and who asks too little how to', () => {
  const world = begun([]);
  const refused = 'brctl: bridge br0: Operation not permitted\n';
  expect(typeLine(world, 'brctl addbr br0').stderr).toBe(refused);
  expect(typeLine(world, 'brctl addbr').stderr).toMatch(/Usage: brctl COMMAND \[BRIDGE \[ARGS\]\]/);
});
