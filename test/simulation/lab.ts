import type { CommandBody } from '@netfold/contracts';
import { hostSpec } from '@netfold/testkit/factories';

/** The hosts that a run starts with; others are added and removed. */
const firstHosts = ['h1', 'h2', 'h3'] as const;

export const createLab: CommandBody = {
  type: 'CreateLab',
  name: 'simulation',
  hosts: firstHosts.map((name, index) => hostSpec(name, index + 1)),
  lans: [{ name: 'lan', subnet: '192.168.50.0/24', gateway: '192.168.50.1' }],
  images: null,
};
