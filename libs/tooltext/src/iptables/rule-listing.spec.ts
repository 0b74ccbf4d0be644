import { hostIn, labAfter } from '@netfold/testkit';
import { expect, it } from 'vitest';
import { hostWorld } from '../world/host-world.ts';
import { iptables, iptablesSave } from './iptables.ts';

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

it('interfaces that do not matter are called any where names are shown', () => {
  expect(linesOf('iptables -vL DOCKER-USER')[2]).toBe(
    '    0     0 RETURN     all  --  any    any     anywhere             anywhere            ',
  );
});

it('a rule number that is none is refused', () => {
  const { stderr, exitCode } = iptables(world, ['iptables', '-L', 'INPUT', 'x'], { text: '' });
  expect(exitCode).toBe(2);
  expect(stderr.split('\n').slice(0, 2)).toEqual([
    "iptables v1.8.9 (nf_tables): Invalid rule number `x'",
    "Try `iptables -h' or 'iptables --help' for more information.",
  ]);
});

it('a dump has counters on request, and tables that something was put into', () => {
  const dumped = (...argv: readonly string[]) => iptablesSave(world, argv, { text: '' }).stdout;
  expect(dumped('iptables-save', '-c')).toContain('\n[0:0] -A FORWARD -j DOCKER-USER\n');
  expect(dumped('iptables-save')).toContain('\n-A FORWARD -j DOCKER-USER\n');
  expect(dumped('ip6tables-save')).toBe('');
  expect(dumped('ip6tables-save', '-t', 'nat')).toContain('\n:PREROUTING ACCEPT [0:0]\n');
});
