import { hostIn, labAfter } from '@netfold/testkit';
import { expect, it } from 'vitest';
import { hostWorld } from '../world/host-world.ts';
import { arp } from './arp.ts';

const scene = labAfter();
const bare = hostWorld({ lab: scene.lab, labId: 'lab-1', host: hostIn(scene), now: 0 });
const gateway = {
  labId: 'lab-1',
  host: 'h1',
  namespace: '',
  device: 'eth0',
  address: '192.168.50.1',
  mac: '52:54:00:00:32:01',
  state: 'PERMANENT',
  learntAt: null,
} as const;
const world = { ...bare, stack: { ...bare.stack, neighbours: [gateway] } };

/** As recorded with net-tools 2.10. */
it('arp tells that nothing fits what was asked for', () => {
  const printed = (line: string) => arp(world, line.split(' '), { text: '' }).stdout;
  expect(printed('arp -n 10.101.0.99')).toBe('10.101.0.99 (10.101.0.99) -- no entry\n');
  expect(printed('arp -i nosuch')).toBe('arp: in 1 entries no match found.\n');
});
