import type { HostSpec, SingleCommand } from '@netfold/contracts';
import { hostSpec, nicSpec } from '@netfold/testkit/factories';
import { createNetwork, initSwarm, joinSwarm, removeNetwork } from '../orders.ts';
import type { Situation } from '../situation.ts';
import { onHostAs, onManager, story } from './mistake.ts';
import type { Mistake } from './mistake.ts';

const initiating = (changes: Parameters<typeof initSwarm>[1]): Mistake =>
  onHostAs('inactive', (host) => initSwarm(host, changes));

const joining = (
  changes: Parameters<typeof joinSwarm>[2],
  token: (at: Situation) => string = tokenOf,
): Mistake =>
  onHostAs('inactive', (host, at) => {
    const remoteAddresses = [at.managerOf(at.swarm())];
    return joinSwarm(host, token(at), { remoteAddresses, ...changes });
  });

const tokenOf = (at: Situation): string =>
  at.swarm()?.workerToken ?? `SWMTKN-1-${'0'.repeat(50)}-${'0'.repeat(25)}`;

/** A machine that is added only to show how its NICs confuse the engine. */
const onMachine = (
  nics: HostSpec['nics'],
  changes: Parameters<typeof initSwarm>[1] = {},
): Mistake =>
  story(() => [
    { type: 'AddHost', host: { ...hostSpec('odd', 80), nics } },
    initSwarm('odd', changes),
  ]);

const twoNics = [nicSpec('eth0', 80), nicSpec('eth1', 81)];

/** Where nobody can join any more, the command says what it says. */
const twoManagers = (then: (host: string) => SingleCommand): Mistake => {
  return (at) => {
    const swarm = at.swarm();
    const other = at.hostAs('inactive')?.name;
    const manager = at.hostAs('manager')?.name ?? at.name;
    if (swarm === null || other === undefined) return then(manager);
    const join = joinSwarm(other, swarm.managerToken, {
      remoteAddresses: [at.managerOf(swarm)],
    });
    return { type: 'ApplyBatch', commands: [join, then(other)] };
  };
};

export const swarmMistakes: readonly Mistake[] = [
  onHostAs('inactive', (host) => ({ type: 'LeaveSwarm', host, force: false })),
  onHostAs('manager', (host) => ({ type: 'LeaveSwarm', host, force: false })),
  onManager((host) => [initSwarm(host)]),
  onHostAs('worker', (host) => initSwarm(host, { forceNewCluster: true })),
  (at) => {
    const host = at.hostAs('worker') ?? at.host;
    const networks = [...host.networks.values()].filter(({ scope }) => scope === 'swarm');
    return removeNetwork(host.name, networks[0]?.name ?? 'nosuch');
  },
  twoManagers((host) => ({ type: 'LeaveSwarm', host, force: false })),
  twoManagers((host) => initSwarm(host, { forceNewCluster: true })),
  joining({}, () => 'nonsense'),
  joining({}, () => `SWMTKN-1-${'z'.repeat(50)}-${'0'.repeat(25)}`),
  joining({}, () => `SWMTKN-1-${'0'.repeat(50)}-${'0'.repeat(25)}`),
  joining({}, (at) => `${tokenOf(at).slice(0, -25)}${'0'.repeat(25)}`),
  joining({ remoteAddresses: ['10.9.9.9:2377'] }),
  joining({ remoteAddresses: [] }),
  joining({ listenAddress: '' }),
  onHostAs('inactive', (host, at) =>
    joinSwarm(host, tokenOf(at), { remoteAddresses: [`${host}:2377`] }),
  ),
  onHostAs('manager', (host, at) => joinSwarm(host, tokenOf(at))),
  initiating({ listenAddress: '' }),
  initiating({ listenAddress: 'nonsense' }),
  initiating({ listenAddress: '10.9.9.9:2377' }),
  initiating({ advertiseAddress: 'nonsense' }),
  initiating({ defaultAddressPools: ['10.0.0.0/8'], subnetSize: 30 }),
  initiating({ defaultAddressPools: ['nonsense'] }),
  initiating({ defaultAddressPools: ['10.0.0.0/28'] }),
  onMachine([]),
  onMachine(twoNics),
  onMachine(twoNics, { advertiseAddress: '8.8.8.8' }),
  onManager((host) => [createNetwork(host, 'oops', { driver: 'overlay', ingress: true })]),
  onManager((host) => [
    createNetwork(host, 'oops', { driver: 'overlay', ingress: true, attachable: true }),
  ]),
];
