import { hostIn, labAfter, run } from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import { describe, expect, it } from 'vitest';
import { findInstalled, newBudget, noInput } from '../program.ts';
import { hostWorld } from '../world/host-world.ts';

const published = {
  image: 'nginx',
  exposedPorts: ['80/tcp'],
  portBindings: [{ containerPort: '80/tcp', hostIp: '', hostPort: '8080' }],
};
const fresh = labAfter(...run('web', published));

const shell = (scene: Scene, line: string) => {
  const host = hostIn(scene);
  const world = hostWorld({ lab: scene.lab, labId: 'lab', host, now: 0 });
  const program = findInstalled(world, 'sh');
  if (program === null) throw new Error('a host has a shell');
  const call = { world, stdin: noInput, find: findInstalled, budget: newBudget(), depth: 0 };
  const { pieces, exitCode } = program({ ...call, argv: ['sh', '-c', line] });
  return { text: pieces.map(({ text }) => text).join(''), exitCode, edits: world.edits };
};

const after = (scene: Scene, line: string): Scene => {
  const { edits } = shell(scene, line);
  return (edits?.commands ?? []).reduce((now, command) => now.when(command), scene);
};

const help = (name = 'iptables') => `Try \`${name} -h' or '${name} --help' for more information.\n`;
const misused = (problem: string, name = 'iptables') =>
  `${name} v1.8.9 (nf_tables): ${problem}\n${help(name)}`;

/** Recorded with iptables 1.8.9 (nf_tables) on a host of engine 20.10. */
describe('an edit is refused in the words of iptables', () => {
  const noChain = 'iptables: No chain/target/match by that name.\n';
  const badRule = 'iptables: Bad rule (does a matching rule exist in that chain?).\n';
  it.each([
    ['iptables -N DOCKER', 'iptables: Chain already exists.\n', 1],
    ['iptables -N ACCEPT', misused('chain name may not clash with target name'), 2],
    ['iptables -N -foo', misused("chain name not allowed to start with `-'"), 2],
    ["iptables -N 'a b'", misused("Invalid chain name `a b'"), 2],
    ['iptables -F NOPE', noChain, 1],
    ['iptables -Z NOPE', noChain, 1],
    ['iptables -X NOPE', noChain, 1],
    ['iptables -X INPUT', noChain, 1],
    ['iptables -A NOPE -j ACCEPT', noChain, 1],
    ['iptables -P NOPE DROP', 'iptables: Bad built-in chain name.\n', 1],
    [
      'iptables -P INPUT REJECT',
      "iptables: Bad policy name. Run `dmesg' for more information.\n",
      1,
    ],
    ['iptables -A INPUT -j NOPE', misused("Chain 'NOPE' does not exist"), 2],
    ['iptables -D INPUT -j ACCEPT', badRule, 1],
    ['iptables -C INPUT -j ACCEPT', badRule, 1],
    ['iptables -D INPUT 1', 'iptables: Index of deletion too big.\n', 1],
    ['iptables -D INPUT 0', misused("Invalid rule number `0'"), 2],
    ['iptables -R INPUT 1 -j ACCEPT', 'iptables: Index of replacement too big.\n', 1],
    ['iptables -R INPUT -j DROP', misused('-R requires a rule number'), 2],
    ['iptables -I INPUT 5 -j ACCEPT', 'iptables: Index of insertion too big.\n', 1],
    ['iptables -A INPUT --dport 80 -j DROP', misused('unknown option "--dport"'), 2],
    ['iptables -A INPUT -p foo -j DROP', misused('unknown protocol "foo" specified'), 2],
    ['iptables -A INPUT -s 1.2.3.300 -j DROP', misused("host/network `1.2.3.300' not found"), 2],
    ['iptables -A OUTPUT -i eth0 -j DROP', misused("Can't use -i with OUTPUT\n"), 2],
    ['iptables -A', misused('option "-A" requires an argument'), 2],
    ['iptables -P INPUT', misused('-P requires a chain and a policy'), 2],
    ['iptables -A INPUT -D INPUT 1', misused('Cannot use -D with -A'), 2],
    ['iptables -A INPUT foo', `Bad argument \`foo'\n${help()}`, 2],
    [
      'ip6tables -A INPUT -s 10.0.0.1 -j DROP',
      misused("host/network `10.0.0.1' not found", 'ip6tables'),
      2,
    ],
    [
      'iptables -A FORWARD -j MASQUERADE',
      'iptables v1.8.9 (nf_tables):  RULE_APPEND failed (Invalid argument): ' +
        'rule in chain FORWARD\n',
      4,
    ],
    [
      'iptables -X DOCKER',
      'iptables v1.8.9 (nf_tables):  CHAIN_DEL failed (Device or resource busy): chain DOCKER\n',
      4,
    ],
    [
      'iptables -t nat -A PREROUTING -j DNAT --to-destination 172.17.0.2:80',
      misused('Need TCP, UDP, SCTP or DCCP with port specification'),
      2,
    ],
  ])('%s', (line, text, exitCode) => {
    expect(shell(fresh, line)).toMatchObject({ text, exitCode });
  });
});

describe('an edit', () => {
  it('is seen by the next words of its line', () => {
    const line =
      'iptables -I DOCKER-USER -i eth0 -p tcp --dport 80 -j DROP && iptables -S DOCKER-USER';
    expect(shell(fresh, line).text).toBe(
      '-N DOCKER-USER\n-A DOCKER-USER -i eth0 -p tcp -m tcp --dport 80 -j DROP\n' +
        '-A DOCKER-USER -j RETURN\n',
    );
  });

  it('is a fact, and can be taken back by its words or its number', () => {
    const edited = after(fresh, 'iptables -A INPUT -s 10.1.2.3/8 ! -d 10.0.0.1 -j REJECT');
    expect(shell(edited, 'iptables -S INPUT').text).toBe(
      '-P INPUT ACCEPT\n' +
        '-A INPUT -s 10.0.0.0/8 ! -d 10.0.0.1/32 -j REJECT --reject-with icmp-port-unreachable\n',
    );
    expect(shell(after(edited, 'iptables -D INPUT 1'), 'iptables -S INPUT').text).toBe(
      '-P INPUT ACCEPT\n',
    );
  });

  it('stands where it was put among the rules of the engine', () => {
    const line = [
      'iptables -I FORWARD 3 -j ACCEPT',
      'iptables -I FORWARD -i eth0 -j DROP',
      'iptables -A FORWARD -j RETURN',
      'iptables -S FORWARD',
    ].join('; ');
    const [, first, jump, isolation, third, ...rest] = shell(fresh, line).text.split('\n');
    expect([first, jump, isolation, third]).toEqual([
      '-A FORWARD -i eth0 -j DROP',
      '-A FORWARD -j DOCKER-USER',
      '-A FORWARD -j DOCKER-ISOLATION-STAGE-1',
      '-A FORWARD -j ACCEPT',
    ]);
    expect(rest.at(-2)).toBe('-A FORWARD -j RETURN');
  });

  it('takes away and replaces rules of the engine as well', () => {
    const line =
      'iptables -R DOCKER 1 -j RETURN; iptables -F DOCKER-USER; iptables -S DOCKER; ' +
      'iptables -S DOCKER-USER';
    expect(shell(fresh, line).text).toBe('-N DOCKER\n-A DOCKER -j RETURN\n-N DOCKER-USER\n');
    const flushed = after(
      fresh,
      'iptables -F; iptables -t nat -F; iptables -X; iptables -t nat -X',
    );
    expect(shell(flushed, 'iptables -S; iptables -t nat -S').text).toBe(
      '-P INPUT ACCEPT\n-P FORWARD DROP\n-P OUTPUT ACCEPT\n-P PREROUTING ACCEPT\n' +
        '-P INPUT ACCEPT\n-P OUTPUT ACCEPT\n-P POSTROUTING ACCEPT\n',
    );
  });

  it('makes chains and sets policies, of IPv6 too', () => {
    const line =
      'ip6tables -N FOO; ip6tables -A INPUT -p tcp --dport 22 -j FOO; ip6tables -P INPUT DROP';
    expect(shell(after(fresh, line), 'ip6tables -S').text).toBe(
      '-P INPUT DROP\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT\n-N FOO\n' +
        '-A INPUT -p tcp -m tcp --dport 22 -j FOO\n',
    );
  });

  it('decides what packets may pass', () => {
    const ping = 'ping -c 1 -W 1 192.168.50.1 | grep -c "bytes from"';
    expect(shell(fresh, ping).exitCode).toBe(0);
    expect(shell(fresh, `iptables -A INPUT -i eth0 -j DROP; ${ping}`).exitCode).toBe(1);
  });
});
