import { hostIn, labAfter } from '@netfold/testkit';
import { expect, it } from 'vitest';
import { hostWorld } from '../world/host-world.ts';
import { ss } from './ss.ts';

const scene = labAfter();
const world = hostWorld({ lab: scene.lab, labId: 'lab-1', host: hostIn(scene), now: 0 });

/** As recorded with iproute2 6.1. */
it('leaves the state out where only one was asked for', () => {
  const heading = (line: string) => ss(world, line.split(' '), { text: '' }).stdout;
  const rest = 'Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n';
  expect(heading('ss -tn state established')).toBe(rest);
  expect(heading('ss -tan state connected')).toBe(`State ${rest}`);
});
