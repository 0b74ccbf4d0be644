import type { CommandBody } from '@netfold/contracts';
import { createNetwork, ipamPool, removeNetwork, run } from '@netfold/testkit';
import { describe, expect, test } from 'vitest';
import { readRecording } from './recording.ts';
import { comparable, exec, execOf, freshLab, type } from './typed-lines.ts';

const keepsNoFiles = 'a lab host keeps no files';

/** Recordings of lines typed at a host's prompt, with the lines whose answers differ and why. */
const recordings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'host-bridge-and-namespaces': { 'ip link show type veth': 'eth0 is one there' },
  'host-link-refusals': {
    'ip link add link eth0 name mv0 type macvlan mode bridge': 'a lab makes none by hand',
    'ip -br link show mv0': 'as above',
    'ip link add dum0 type dummy': 'that kernel has none',
    'ip link add vx0 type vxlan id 42 dstport 4789 remote 192.168.50.12 dev eth0': 'as macvlan',
    'ip link show veth0': 'a lab keeps neither alias nor promiscuity',
    'ip -br l': 'lists what was not made',
    'ip -br link': 'lists what was not made',
  },
  'host-routes': {},
  'host-old-tools': {},
  'host-firewall-matches': {
    'iptables-save > /tmp/saved-rules; iptables -F; iptables -S FORWARD': keepsNoFiles,
    'iptables-restore < /tmp/saved-rules; iptables -S FORWARD': keepsNoFiles,
  },
  'host-sysctl': {},
  'host-conntrack-match': {},
  'host-kernel-files': {
    'cat /sys/class/net/docker0/bridge/vlan_filtering': 'that kernel has none',
  },
  'host-tool-forms': {},
  'docker-user-jump-and-rm-link': {},
  'container-net-admin': {},
  'network-host-bridge': {},
  'network-own-bridge': {},
};

const nginx = { image: 'nginx', exposedPorts: ['80/tcp'], command: null };
const published = [{ containerPort: '80/tcp', hostIp: '', hostPort: '8080' }];

const alpine = { image: 'alpine', command: ['sleep', '1d'] };
const netAdmin = { config: {}, hostConfig: { CapAdd: ['NET_ADMIN'] } };

const onBridge = 'docker network create -o com.docker.network.bridge.name=';
const networkOn = (name: string, subnet: string, gateway = ''): CommandBody =>
  createNetwork(name, {
    ipam: [ipamPool(subnet, { gateway })],
    options: { 'com.docker.network.bridge.name': `br-${name}` },
  });

/** What the lines of a docker client did, where later lines at a prompt depend on it. */
const done: Readonly<Record<string, readonly CommandBody[]>> = {
  'docker run -d --name web nginx': run('web', nginx),
  'docker run -d --name web --hostname web nginx': run('web', alpine),
  'docker run -d --name web -p 8080:80 nginx': run('web', { ...nginx, portBindings: published }),
  'docker run -d --name again -p 8080:80 nginx': run('again', {
    ...nginx,
    portBindings: published,
  }),
  'docker run -d --name plain alpine sleep 1d': run('plain', alpine),
  'docker run -d --name admin --cap-add NET_ADMIN alpine sleep 1d': run('admin', {
    ...alpine,
    passThrough: netAdmin,
  }),
  'docker restart -t 0 admin': [
    { type: 'RestartContainer', host: 'h1', container: 'admin', timeoutSeconds: 0 },
  ],
  'docker network create one': [createNetwork('one')],
  'docker network create two': [createNetwork('two')],
  'docker network create three': [createNetwork('three')],
  'docker network create --internal four': [createNetwork('four', { internal: true })],
  'docker network rm one': [removeNetwork('one')],
  [`${onBridge}br-mine --subnet 10.66.0.0/24 --gateway 10.66.0.1 mine`]: [
    networkOn('mine', '10.66.0.0/24', '10.66.0.1'),
  ],
  [`${onBridge}br-one --subnet 10.66.0.0/24 one`]: [networkOn('one', '10.66.0.0/24')],
  [`${onBridge}br-two --subnet 10.67.0.0/24 two`]: [networkOn('two', '10.67.0.0/24')],
  'docker run -d --name c1 --network one alpine sleep 1d': run('c1', {
    ...alpine,
    networkMode: 'one',
  }),
  'docker run -d --name c2 --network two alpine sleep 1d': run('c2', {
    ...alpine,
    networkMode: 'two',
  }),
  'docker run -d --name c1 --network mine nginx': run('c1', { ...alpine, networkMode: 'mine' }),
  'docker rm -f c1': [
    { type: 'RemoveContainer', host: 'h1', container: 'c1', force: true, link: false },
  ],
  'docker network rm mine': [removeNetwork('mine')],
  'docker run -d --name db nginx': run('db', alpine),
  'docker run -d --name app --link db:database nginx': run('app', {
    ...alpine,
    links: ['db:database'],
  }),
  'docker rm --link /app/database': [
    {
      type: 'RemoveContainer',
      host: 'h1',
      container: '/app/database',
      force: false,
      link: true,
    },
  ],
  'docker restart -t 0 app': [
    { type: 'RestartContainer', host: 'h1', container: 'app', timeoutSeconds: 0 },
  ],
};

describe.each(Object.keys(recordings))('%s', (name) => {
  test('every line answers as it did on a real host', () => {
    const { topology, answers } = readRecording(name);
    const exceptions = recordings[name] ?? {};
    let scene = freshLab();
    const differing: string[] = [];
    for (const [index, step] of topology.steps.entries()) {
      scene = (done[step.run ?? ''] ?? []).reduce((now, command) => now.when(command), scene);
      const recorded = answers[index];
      const inside = execOf(step);
      if (recorded === undefined || (step.shell === undefined && inside === null)) continue;
      const typed =
        inside === null ? type(scene, step) : exec(scene, step.host, inside.name, inside.argv);
      scene = typed.scene;
      const line = step.shell ?? step.run ?? '';
      const [ours, real] = [comparable(typed.answer), comparable(recorded)];
      if (ours === real || line in exceptions) continue;
      differing.push(`${index} ${line}\n${ours}\n--- recorded\n${real}\n`);
    }
    expect(differing.join('\n')).toBe('');
  });
});
