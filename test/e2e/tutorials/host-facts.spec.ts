import { expect, test } from 'vitest';
import { withoutDnsPorts } from './host-facts.ts';

const lineOf = (protocol: string, port: string): string =>
  `-d 127.0.0.11/32 -p ${protocol} -m ${protocol} --dport 53` +
  ` -j DNAT --to-destination 127.0.0.11:${port}`;

test.each([
  ['35001', '45002'],
  ['35001', '35001'],
])('ports of the embedded DNS are named by protocol, be they %s and %s', (tcp, udp) => {
  const lines = [lineOf('tcp', tcp), lineOf('udp', udp)];
  expect(withoutDnsPorts(lines)).toEqual([lineOf('tcp', '<dns tcp>'), lineOf('udp', '<dns udp>')]);
});
