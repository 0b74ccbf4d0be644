import {
  connectContainer,
  createContainer,
  createLab,
  createNetwork,
  disconnectContainer,
  given,
  initSwarm,
  removeNetwork,
  startContainer,
} from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import type { CommandBody, ContainerSpec } from '@netfold/contracts';
import { describe, expect, it } from 'vitest';
import type { Negatable, RuleMatch, RuleRow, RuleTable, RuleTarget } from '../rows.ts';
import { hostNamespace } from '../table-row.ts';
import { namespaceView } from './namespace-view.ts';

/** What the engine answered stands here as recorded, with `br-NAME` for a bridge named by an id. */
describe('rules of the host', () => {
  it('of a fresh engine are the chains of docker0', () => {
    expect(printed(lab(), 'filter')).toEqual([
      'FORWARD -j DOCKER-USER',
      'FORWARD -j DOCKER-ISOLATION-STAGE-1',
      'FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      'FORWARD -o docker0 -j DOCKER',
      'FORWARD -i docker0 ! -o docker0 -j ACCEPT',
      'FORWARD -i docker0 -o docker0 -j ACCEPT',
      'DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2',
      'DOCKER-ISOLATION-STAGE-1 -j RETURN',
      'DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP',
      'DOCKER-ISOLATION-STAGE-2 -j RETURN',
      'DOCKER-USER -j RETURN',
    ]);
    expect(printed(lab(), 'nat')).toEqual([
      'PREROUTING -m addrtype --dst-type LOCAL -j DOCKER',
      'OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER',
      'POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE',
      'DOCKER -i docker0 -j RETURN',
    ]);
  });

  it('stand for the newest network at the top of their chains', () => {
    const two = lab(createNetwork('red'), createNetwork('blue'));
    expect(printed(two, 'filter', 'FORWARD').slice(2, 10)).toEqual([
      'FORWARD -o br-blue -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      'FORWARD -o br-blue -j DOCKER',
      'FORWARD -i br-blue ! -o br-blue -j ACCEPT',
      'FORWARD -i br-blue -o br-blue -j ACCEPT',
      'FORWARD -o br-red -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      'FORWARD -o br-red -j DOCKER',
      'FORWARD -i br-red ! -o br-red -j ACCEPT',
      'FORWARD -i br-red -o br-red -j ACCEPT',
    ]);
    expect(printed(two, 'nat', 'POSTROUTING')).toEqual([
      'POSTROUTING -s 172.19.0.0/16 ! -o br-blue -j MASQUERADE',
      'POSTROUTING -s 172.18.0.0/16 ! -o br-red -j MASQUERADE',
      'POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE',
    ]);
  });

  it('of a removed network leave those of the others where they were', () => {
    const three = lab(createNetwork('red'), createNetwork('blue'), createNetwork('green'));
    const kept = rulesOf(three).filter(({ networkId }) => networkId !== networkIdOf(three, 'blue'));
    expect(rulesOf(three.when(removeNetwork('blue')).thenAccepted())).toEqual(kept);
  });

  it('of an internal network are two drops and its members among each other', () => {
    const internal = lab(createNetwork('priv', { internal: true }));
    expect(printed(internal, 'filter').filter((line) => line.includes('br-priv'))).toEqual([
      'FORWARD -i br-priv -o br-priv -j ACCEPT',
      'DOCKER-ISOLATION-STAGE-1 ! -s 172.18.0.0/16 -o br-priv -j DROP',
      'DOCKER-ISOLATION-STAGE-1 ! -d 172.18.0.0/16 -i br-priv -j DROP',
    ]);
    expect(printed(internal, 'nat').filter((line) => line.includes('br-priv'))).toEqual([]);
  });

  it('drop between members at the very end when icc is off', () => {
    const options = { 'com.docker.network.bridge.enable_icc': 'false' };
    const scene = lab(createNetwork('noicc', { options }), createNetwork('later'));
    expect(printed(scene, 'filter', 'FORWARD').at(-1)).toBe(
      'FORWARD -i br-noicc -o br-noicc -j DROP',
    );
    expect(printed(scene, 'filter')).not.toContain('FORWARD -i br-noicc -o br-noicc -j ACCEPT');
  });

  it('have no masquerade and no RETURN when masquerading is off', () => {
    const options = { 'com.docker.network.bridge.enable_ip_masquerade': 'false' };
    const nat = printed(lab(createNetwork('nomasq', { options })), 'nat');
    expect(nat.filter((line) => line.includes('br-nomasq'))).toEqual([]);
  });
});

describe('rules of docker0', () => {
  it('are those of a second network that names it as its bridge', () => {
    const options = { 'com.docker.network.bridge.name': 'docker0' };
    const scene = lab(createNetwork('other'), createNetwork('dup', { options }));
    expect(printed(scene, 'nat', 'POSTROUTING')).toEqual([
      'POSTROUTING -s 172.19.0.0/16 ! -o docker0 -j MASQUERADE',
      'POSTROUTING -s 172.18.0.0/16 ! -o br-other -j MASQUERADE',
    ]);
    expect(printed(scene, 'filter', 'FORWARD').slice(2, 6)).toEqual([
      'FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      'FORWARD -o docker0 -j DOCKER',
      'FORWARD -i docker0 ! -o docker0 -j ACCEPT',
      'FORWARD -i docker0 -o docker0 -j ACCEPT',
    ]);
    const docker0 = viewOf(scene).interfaces.filter(({ name }) => name === 'docker0');
    expect(docker0.map(({ addresses }) => addresses[0]?.address)).toEqual(['172.19.0.1/16']);
  });
});

describe('rules of published ports', () => {
  const published = (...ports: readonly (readonly [string, string, string])[]): CommandBody[] =>
    run('web', {
      image: 'nginx',
      portBindings: ports.map(([hostIp, hostPort, containerPort]) => ({
        hostIp,
        hostPort,
        containerPort,
      })),
    });

  it('are a DNAT, a passage and a hairpin each', () => {
    const scene = lab(...published(['', '8080', '80/tcp']));
    expect(printed(scene, 'nat').filter((line) => line.includes('dport'))).toEqual([
      'POSTROUTING -s 172.17.0.2/32 -d 172.17.0.2/32 -p tcp --dport 80 -j MASQUERADE',
      'DOCKER ! -i docker0 -p tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80',
    ]);
    expect(printed(scene, 'filter', 'DOCKER')).toEqual([
      'DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp --dport 80 -j ACCEPT',
    ]);
  });

  it('name the host address that the port is bound to', () => {
    const scene = lab(...published(['127.0.0.1', '8081', '80/tcp']));
    const translation = '-p tcp --dport 8081 -j DNAT --to-destination 172.17.0.2:80';
    expect(printed(scene, 'nat', 'DOCKER').at(-1)).toBe(
      `DOCKER -d 127.0.0.1/32 ! -i docker0 ${translation}`,
    );
  });

  it('share the passage when two host ports lead to one container port', () => {
    const scene = lab(...published(['', '7000', '80/tcp'], ['', '7001', '80/tcp']));
    expect(printed(scene, 'nat', 'DOCKER').filter((line) => line.includes('DNAT'))).toHaveLength(2);
    expect(printed(scene, 'filter', 'DOCKER')).toHaveLength(1);
    expect(
      printed(scene, 'nat', 'POSTROUTING').filter((line) => line.includes('dport')),
    ).toHaveLength(1);
  });

  it('move with the way out of the sandbox', () => {
    const scene = lab(
      createNetwork('web'),
      ...run('ss', {
        image: 'nginx',
        networkMode: 'web',
        portBindings: [{ containerPort: '80/tcp', hostIp: '', hostPort: '80' }],
      }),
      connectContainer('bridge', 'ss'),
    );
    expect(printed(scene, 'nat', 'DOCKER').at(-1)).toBe(
      'DOCKER ! -i docker0 -p tcp --dport 80 -j DNAT --to-destination 172.17.0.2:80',
    );
    const back = scene.when(disconnectContainer('bridge', 'ss')).thenAccepted();
    expect(printed(back, 'nat', 'DOCKER').at(-1)).toBe(
      'DOCKER ! -i br-web -p tcp --dport 80 -j DNAT --to-destination 172.18.0.2:80',
    );
  });
});

describe('rules of a swarm node', () => {
  it('close docker_gwbridge between its members', () => {
    const filter = printed(lab(initSwarm()), 'filter', 'FORWARD');
    expect(filter.slice(2, 5)).toEqual([
      'FORWARD -o docker_gwbridge -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      'FORWARD -o docker_gwbridge -j DOCKER',
      'FORWARD -i docker_gwbridge ! -o docker_gwbridge -j ACCEPT',
    ]);
    expect(filter.at(-1)).toBe('FORWARD -i docker_gwbridge -o docker_gwbridge -j DROP');
  });
});

function lab(...commands: readonly CommandBody[]): Scene {
  return commands.reduce(
    (scene, command) => scene.when(command).thenAccepted(),
    given().when(createLab('h1')).thenAccepted(),
  );
}

function run(name: string, changes: Partial<ContainerSpec>): CommandBody[] {
  return [createContainer(name, changes), startContainer(name)];
}

function viewOf({ lab: state }: Scene) {
  const host = state.hosts.get('h1');
  if (host === undefined) throw new Error('the lab has a host h1');
  return namespaceView(state, 'lab-1', host, hostNamespace);
}

const rulesOf = (scene: Scene): readonly RuleRow[] => viewOf(scene).rules;

function networkIdOf({ lab: state }: Scene, name: string): string {
  return state.hosts.get('h1')?.networkNames.get(name) ?? '';
}

/** The lines of `iptables -S`, without `-A` and with networks' names in their bridges'. */
function printed(scene: Scene, table: RuleTable, chain?: string): readonly string[] {
  const host = scene.lab.hosts.get('h1');
  const networks = [...(host?.networks.values() ?? [])];
  const named = (line: string): string =>
    networks.reduce(
      (text, { id, name }) => text.replaceAll(`br-${id.slice(0, 12)}`, `br-${name}`),
      line,
    );
  return rulesOf(scene)
    .filter((rule) => rule.table === table && (chain === undefined || rule.chain === chain))
    .map((rule) =>
      named(`${rule.chain} ${[...matchWords(rule.match), ...targetWords(rule.target)].join(' ')}`),
    );
}

function matchWords(match: RuleMatch): string[] {
  const side = (option: string, value: Negatable | undefined): string[] =>
    value === undefined ? [] : [...(value.negated ? ['!'] : []), option, value.value];
  const states = match.connectionStates?.join(',');
  return [
    ...side('-s', match.source),
    ...side('-d', match.destination),
    ...side('-i', match.inInterface),
    ...side('-o', match.outInterface),
    ...(match.protocol === undefined ? [] : ['-p', match.protocol]),
    ...(states === undefined ? [] : ['-m conntrack --ctstate', states]),
    ...(match.destinationType === undefined
      ? []
      : ['-m addrtype --dst-type', match.destinationType]),
    ...(match.sourcePort === undefined ? [] : ['--sport', String(match.sourcePort)]),
    ...(match.destinationPort === undefined ? [] : ['--dport', String(match.destinationPort)]),
  ];
}

function targetWords(target: RuleTarget): string[] {
  if (target.kind === 'jump') return ['-j', target.chain];
  if (target.kind === 'DNAT') return ['-j DNAT --to-destination', target.to];
  if (target.kind === 'SNAT') return ['-j SNAT --to-source', target.to];
  return ['-j', target.kind];
}
