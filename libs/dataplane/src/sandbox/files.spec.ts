import type { CommandBody, ContainerSpec } from '@netfold/contracts';
import {
  connectContainer,
  createContainer,
  createLab,
  createNetwork,
  given,
  startContainer,
  stopContainer,
} from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import { describe, expect, it } from 'vitest';
import { etcHosts } from './hosts-file.ts';
import { resolvConf } from './resolv-conf.ts';

const defaults = [
  '127.0.0.1\tlocalhost',
  '::1\tlocalhost ip6-localhost ip6-loopback',
  'fe00::0\tip6-localnet',
  'ff00::0\tip6-mcastprefix',
  'ff02::1\tip6-allnodes',
  'ff02::2\tip6-allrouters',
];

describe('/etc/hosts', () => {
  it('names the container by its short id', () => {
    const scene = lab(...run('c1'));
    expect(hostsOf(scene, 'c1')).toEqual([...defaults, `172.17.0.2\t${idOf(scene, 'c1')}`]);
  });

  it('splits a full name into itself and its first word', () => {
    const scene = lab(...run('c1', { hostname: 'box.example.com' }));
    expect(hostsOf(scene, 'c1').at(-1)).toBe('172.17.0.2\tbox.example.com box');
  });

  it('has --add-host, with the address of docker0 for host-gateway', () => {
    const scene = lab(...run('c1', { extraHosts: ['db:10.1.2.3', 'gw:host-gateway'] }));
    expect(hostsOf(scene, 'c1').slice(6, 8)).toEqual(['10.1.2.3\tdb', '172.17.0.1\tgw']);
  });

  it('has a line for each address of each network', () => {
    const scene = lab(createNetwork('n'), ...run('c1'), connectContainer('n', 'c1'));
    const id = idOf(scene, 'c1');
    expect(hostsOf(scene, 'c1').slice(6)).toEqual([`172.17.0.2\t${id}`, `172.18.0.2\t${id}`]);
  });

  it('names linked containers by alias, short id and name', () => {
    const scene = lab(...run('one'), ...run('two'), ...run('app', { links: ['one:first', 'two'] }));
    expect(hostsOf(scene, 'app').slice(6)).toEqual([
      `172.17.0.2\tfirst ${idOf(scene, 'one')} one`,
      `172.17.0.3\ttwo ${idOf(scene, 'two')}`,
      `172.17.0.4\t${idOf(scene, 'app')}`,
    ]);
  });

  it('follows the address of a linked container that is started again', () => {
    const linked = lab(...run('one'), ...run('app', { links: ['one'] }));
    const moved = [stopContainer('one'), ...run('thief'), startContainer('one')].reduce(
      accept,
      linked,
    );
    expect(hostsOf(moved, 'app')[6]).toBe(`172.17.0.4\tone ${idOf(moved, 'one')}`);
  });

  it("is a copy of the host's in host mode", () => {
    const scene = lab(...run('c1', { networkMode: 'host' }));
    expect(hostsOf(scene, 'c1')).toEqual([
      '127.0.0.1\tlocalhost',
      '::1\tlocalhost ip6-localhost ip6-loopback',
      '192.168.50.11\th1',
    ]);
  });
});

describe('/etc/resolv.conf', () => {
  it("is the host's on docker0", () => {
    expect(resolvOf(lab(...run('c1')), 'c1')).toBe('nameserver 192.168.50.1\n');
  });

  it('names the embedded DNS on a network of the user', () => {
    const scene = lab(createNetwork('n'), ...run('c1', { networkMode: 'n' }));
    expect(resolvOf(scene, 'c1')).toBe('nameserver 127.0.0.11\noptions ndots:0\n');
  });

  it('names it too once such a network is connected', () => {
    const scene = lab(createNetwork('n'), ...run('c1'), connectContainer('n', 'c1'));
    expect(resolvOf(scene, 'c1')).toBe('nameserver 127.0.0.11\noptions ndots:0\n');
  });

  it('has the domains, servers and options that were asked for', () => {
    const asked = { dns: ['192.168.50.1'], dnsSearch: ['lab'], dnsOptions: ['ndots:2'] };
    expect(resolvOf(lab(...run('c1', asked)), 'c1')).toBe(
      'search lab\nnameserver 192.168.50.1\noptions ndots:2\n',
    );
    const scene = lab(
      createNetwork('n'),
      ...run('c1', { ...asked, dnsOptions: [], networkMode: 'n' }),
    );
    expect(resolvOf(scene, 'c1')).toBe('search lab\nnameserver 127.0.0.11\noptions ndots:0\n');
  });
});

function lab(...commands: readonly CommandBody[]): Scene {
  return commands.reduce(accept, given().when(createLab('h1')).thenAccepted());
}

function accept(scene: Scene, command: CommandBody): Scene {
  return scene.when(command).thenAccepted();
}

function run(name: string, changes: Partial<ContainerSpec> = {}): CommandBody[] {
  return [createContainer(name, { tty: true, ...changes }), startContainer(name)];
}

function found({ lab: state }: Scene, name: string) {
  const host = state.hosts.get('h1');
  const container = host?.containers.get(host.containerNames.get(name) ?? '');
  if (host === undefined || container === undefined) throw new Error(`no container ${name}`);
  return { lab: state, host, container };
}

const idOf = (scene: Scene, name: string): string => found(scene, name).container.id.slice(0, 12);

function hostsOf(scene: Scene, name: string): readonly string[] {
  const { lab: state, host, container } = found(scene, name);
  return etcHosts(state, host, container).trimEnd().split('\n');
}

function resolvOf(scene: Scene, name: string): string {
  const { lab: state, host, container } = found(scene, name);
  return resolvConf(state, host, container);
}
