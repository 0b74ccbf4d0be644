import { hostIn, labAfter } from '@netfold/testkit';
import { expect, it } from 'vitest';
import { hostWorld } from '../world/host-world.ts';
import { iptables } from './iptables.ts';

const scene = labAfter();
const world = hostWorld({ lab: scene.lab, labId: 'lab-1', host: hostIn(scene), now: 0 });
const linesOf = (line: string): string[] =>
  iptables(world, line.split(' '), { text: '' }).stdout.split('\n');

/** As recorded with iptables 1.8.9 (nf_tables). */
it('counters in full stand in wider columns', () => {
  expect(linesOf('iptables -nvxL DOCKER-USER --line-numbers')).toEqual([
    'Chain DOCKER-USER (1 references)',
    'num      pkts      bytes target     prot opt in     out     source               ' +
      'destination         ',
    '1           0        0 RETURN     0    --  *      *       0.0.0.0/0            ' +
      '0.0.0.0/0           ',
    '',
  ]);
});

it('counters precede the target of a rule that is told with -v', () => {
  expect(linesOf('iptables -S FORWARD -v').slice(0, 3)).toEqual([
    '-P FORWARD DROP -c 0 0',
    '-A FORWARD -c 0 0 -j DOCKER-USER',
    '-A FORWARD -c 0 0 -j DOCKER-ISOLATION-STAGE-1',
  ]);
  expect(linesOf('iptables -S FORWARD 3 -v')).toEqual([
    '-A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -c 0 0 -j ACCEPT',
    '',
  ]);
  expect(linesOf('iptables -S DOCKER-USER')).toEqual([
    '-N DOCKER-USER',
    '-A DOCKER-USER -j RETURN',
    '',
  ]);
});
