import type { CommandBody } from '@netfold/contracts';
import { neighbourMs, stationMs } from '@netfold/domain';
import { hostIn, labAfter, run, stopContainer } from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import { describe, expect, test } from 'vitest';
import { hostNamespace } from '../table-row.ts';
import { namespaceView } from '../view/namespace-view.ts';
import type { NamespaceView } from '../view/namespace-view.ts';
import { PacketWalk } from '../walk/packet-walk.ts';
import { isForwardingKnown, neighbourStateAt } from './ageing.ts';

const two = labAfter(...run('c1'), ...run('c2'));

const sandboxOf = (scene: Scene, name: string): string => {
  const host = hostIn(scene);
  return host.containers.get(host.containerNames.get(name) ?? '')?.sandboxId ?? '';
};

const ping = (scene: Scene, namespace: string, destination: string): CommandBody => {
  const walk = new PacketWalk(scene.lab, 'lab');
  walk.walk({ host: 'h1', namespace, protocol: 'icmp', destination, port: 0 });
  return { type: 'ReportTraffic', traffic: walk.taught };
};

const pinged = (scene: Scene, name: string, destination: string): Scene =>
  scene.when(ping(scene, name === '' ? hostNamespace : sandboxOf(scene, name), destination));

const viewOf = (scene: Scene, name = ''): NamespaceView =>
  namespaceView(scene.lab, 'lab', hostIn(scene), name === '' ? '' : sandboxOf(scene, name));

const neighbours = (scene: Scene, name = ''): string[] =>
  viewOf(scene, name).neighbours.map(
    ({ address, device, mac, state }) => `${address} ${device} ${mac} ${state}`,
  );

const heard = (scene: Scene): string[] =>
  viewOf(scene)
    .forwarding.filter(({ isPermanent }) => !isPermanent)
    .map(({ mac }) => mac);

/** As recorded from a real engine, whose tables are empty after a start. */
describe('a packet teaches the tables on its way', () => {
  test('nothing is learnt by starting containers', () => {
    expect([neighbours(two, 'c1'), neighbours(two), heard(two)]).toEqual([[], [], []]);
  });

  test('both ends know each other, and the bridge where they are', () => {
    const after = pinged(two, 'c1', '172.17.0.3');
    expect(neighbours(after, 'c1')).toEqual(['172.17.0.3 eth0 02:42:ac:11:00:03 REACHABLE']);
    expect(neighbours(after, 'c2')).toEqual(['172.17.0.2 eth0 02:42:ac:11:00:02 DELAY']);
    expect(neighbours(after)).toEqual([]);
    expect(heard(after)).toEqual(['02:42:ac:11:00:02', '02:42:ac:11:00:03']);
  });

  test('the way out is known by the container, by the bridge and by the NIC', () => {
    const after = pinged(two, 'c1', '192.168.50.1');
    expect(neighbours(after, 'c1')).toHaveLength(1);
    expect(neighbours(after)).toEqual([
      '192.168.50.1 eth0 52:54:00:00:32:01 REACHABLE',
      '172.17.0.2 docker0 02:42:ac:11:00:02 DELAY',
    ]);
  });

  test('nobody answers for an address that nobody has', () => {
    const after = pinged(two, 'c1', '172.17.0.99');
    expect(neighbours(after, 'c1')).toEqual(['172.17.0.99 eth0 00:00:00:00:00:00 INCOMPLETE']);
    expect(heard(after)).toEqual(['02:42:ac:11:00:02']);
  });

  test('a good entry is used as it is: the bridge alone hears the frames', () => {
    const once = pinged(two, 'c1', '172.17.0.3');
    const { neighbours: again, stations } = pinged(once, 'c1', '172.17.0.3').fact('TrafficSeen');
    expect([again.length, stations.length]).toEqual([0, 2]);
  });

  test('a report of links that are not there leaves no fact', () => {
    const link = { kind: 'endpoint', host: 'h1', id: 'gone' } as const;
    const seen = {
      link,
      address: '172.17.0.9',
      mac: '02:42:ac:11:00:09',
      how: 'answered',
    } as const;
    two
      .when({ type: 'ReportTraffic', traffic: { neighbours: [seen], stations: [] } })
      .thenAccepted()
      .thenFacts();
  });
});

describe('what was learnt goes', () => {
  const after = pinged(two, 'c1', '172.17.0.1');

  test('with the port, but not the host that knew its container', () => {
    const one = pinged(after, 'c2', '172.17.0.1').when(stopContainer('c1'));
    expect(heard(one)).toEqual(['02:42:ac:11:00:03']);
    expect(neighbours(one)).toHaveLength(2);
  });

  test('with the carrier of the bridge', () => {
    const none = after.when(stopContainer('c1')).when(stopContainer('c2'));
    expect(neighbours(none)).toEqual([]);
  });

  test('by lab time: stale after half a minute, forgotten by the bridge after five', () => {
    const [row] = viewOf(after, 'c1').neighbours;
    const entry = viewOf(after).forwarding.find(({ isPermanent }) => !isPermanent);
    if (row === undefined || entry === undefined) throw new Error('nothing learnt');
    const ages = [0, neighbourMs.reachable - 1, neighbourMs.reachable];
    expect(ages.map((age) => neighbourStateAt(row, (row.learntAt ?? 0) + age))).toEqual([
      'REACHABLE',
      'REACHABLE',
      'STALE',
    ]);
    expect(isForwardingKnown(entry, (entry.learntAt ?? 0) + stationMs - 1)).toBe(true);
    expect(isForwardingKnown(entry, (entry.learntAt ?? 0) + stationMs)).toBe(false);
  });
});
