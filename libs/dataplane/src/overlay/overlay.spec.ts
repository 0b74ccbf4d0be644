import {
  createContainer,
  createLab,
  createNetwork,
  given,
  initSwarm,
  joinSwarm,
  removeContainer,
  startContainer,
} from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import { describe, expect, it } from 'vitest';
import { hostNamespace, overlayNamespace } from '../table-row.ts';
import { fullView } from '../view/full-view.ts';
import { namespaceView } from '../view/namespace-view.ts';

const scene = twoHostsOnOneOverlay();

describe('an overlay on one of its hosts', () => {
  it('has a bridge and a VTEP with its VNI in a namespace of its own', () => {
    const { interfaces, routes } = viewOf(scene, 'h1', overlayOf(scene));
    expect(interfaces.map(({ name, mtuBytes, vni }) => [name, mtuBytes, vni])).toEqual([
      ['lo', 65_536, null],
      ['br0', 1450, null],
      ['vxlan0', 1450, 4097],
      ['veth0', 1450, null],
      [expect.stringMatching(/^veth/), 1450, null],
    ]);
    expect(routes.map(({ destination, device }) => [destination, device])).toEqual([
      ['10.0.1.0/24', 'br0'],
    ]);
  });

  it('knows the members of the other host, and their VTEP', () => {
    const { forwarding, neighbours } = viewOf(scene, 'h1', overlayOf(scene));
    expect(neighbours.map(({ address, mac }) => [address, mac])).toEqual([
      ['10.0.1.4', '02:42:0a:00:01:04'],
      ['10.0.1.5', '02:42:0a:00:01:05'],
    ]);
    expect(
      forwarding.flatMap(({ remote, mac }) => (remote === null ? [] : [[mac, remote]])),
    ).toEqual([
      ['02:42:0a:00:01:04', '192.168.50.12'],
      ['02:42:0a:00:01:05', '192.168.50.12'],
    ]);
  });

  it('forgets them when they are gone', () => {
    const left = scene.when(removeContainer('bb', 'h2')).thenAccepted();
    const { forwarding, neighbours } = viewOf(left, 'h1', overlayOf(scene));
    expect(neighbours).toEqual([]);
    expect(forwarding.filter(({ remote }) => remote !== null)).toEqual([]);
  });

  it('stores nothing for each pair of hosts', () => {
    const rows = fullView(scene.lab, 'lab-1', 'local');
    expect(rows.filter(({ table }) => table === 'neighbour')).toEqual([]);
    const remotes = rows.flatMap(({ table, row }) => (table === 'forwarding' ? [row.remote] : []));
    expect(new Set(remotes)).toEqual(new Set([null]));
  });
});

describe('a container on an overlay', () => {
  it('leaves through docker_gwbridge', () => {
    const { interfaces, routes } = viewOf(scene, 'h1', sandboxOf(scene, 'h1', 'aa'));
    expect(interfaces.map(({ name, mtuBytes }) => [name, mtuBytes])).toEqual([
      ['lo', 65_536],
      ['eth0', 1450],
      ['eth1', 1500],
    ]);
    expect(routes.map(({ destination, device }) => [destination, device])).toEqual([
      ['default', 'eth1'],
      ['10.0.1.0/24', 'eth0'],
      ['172.18.0.0/16', 'eth1'],
    ]);
  });

  it('numbers the namespaces behind its links in the order they came', () => {
    const { interfaces } = viewOf(scene, 'h1', sandboxOf(scene, 'h1', 'aa'));
    expect(interfaces.map(({ peerNamespaceNumber }) => peerNamespaceNumber)).toEqual([null, 0, 1]);
  });
});

describe('a node of a swarm', () => {
  it('listens for its peers, as a manager for workers too, and for VXLAN', () => {
    const portsOf = (host: string) =>
      viewOf(scene, host, hostNamespace).sockets.map(
        (each) => `${each.protocol} ${each.localPort}`,
      );
    expect(portsOf('h1')).toEqual(['tcp6 2377', 'tcp6 7946', 'udp 4789', 'udp6 7946']);
    expect(portsOf('h2')).toEqual(['tcp6 7946', 'udp 4789', 'udp6 7946']);
  });

  it('that manages the swarm lists an overlay that it does not use', () => {
    const unused = scene
      .when(createNetwork('idle', { driver: 'overlay', attachable: true }))
      .thenAccepted();
    const listing = fullView(unused.lab, 'lab-1', 'local').flatMap(({ table, row }) =>
      table === 'network' && row.name === 'idle' ? [row.host] : [],
    );
    expect(listing).toEqual(['h1']);
  });
});

function twoHostsOnOneOverlay(): Scene {
  const swarm = given().when(createLab('h1', 'h2')).when(initSwarm()).thenAccepted();
  const token = [...swarm.lab.swarms.values()][0]?.workerToken ?? '';
  return [
    joinSwarm('h2', token),
    createNetwork('ov', { driver: 'overlay', attachable: true }),
    createContainer('aa', { tty: true, networkMode: 'ov' }),
    startContainer('aa'),
    createContainer('bb', { tty: true, networkMode: 'ov', host: 'h2' }),
    startContainer('bb', 'h2'),
  ].reduce((current, command) => current.when(command).thenAccepted(), swarm);
}

function hostOf({ lab }: Scene, name: string) {
  const host = lab.hosts.get(name);
  if (host === undefined) throw new Error(`no host ${name}`);
  return host;
}

function viewOf(of: Scene, host: string, namespace: string) {
  return namespaceView(of.lab, 'lab-1', hostOf(of, host), namespace);
}

function overlayOf(of: Scene): string {
  return overlayNamespace(hostOf(of, 'h1').networkNames.get('ov') ?? '');
}

function sandboxOf(of: Scene, hostName: string, container: string): string {
  const host = hostOf(of, hostName);
  return host.containers.get(host.containerNames.get(container) ?? '')?.sandboxId ?? '';
}
