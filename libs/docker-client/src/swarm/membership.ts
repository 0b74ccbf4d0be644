import { ClientError } from '../command/client-error.ts';
import { exactly, noWords } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { messageOf, pathWith } from '../command/engine.ts';
import { nodeOf } from '../node/node-api.ts';
import { checkedBy } from '../value/value-problem.ts';
import { readAddressPools, readListenAddress } from './flag-values.ts';
import {
  asSent,
  availabilityOf,
  showUnlockKey,
  swarmInfoOf,
  swarmOf,
  unlockKeyOf,
  updateSwarm,
} from './swarm-api.ts';
import { emptySpec, specChecks, withFlags } from './swarm-spec.ts';

const listenAddressOf = ({ flags }: CommandCall): string =>
  flags
    .list('listen-addr')
    .reduce((before, given) => readListenAddress(given, before), readListenAddress(''));

/** The engine's own words tell that it has several addresses, not how to choose one. */
const withAdvice = (problem: string): string =>
  problem.includes('could not choose an IP address to advertise') ||
  problem.includes("could not find the system's IP address")
    ? `${problem} - specify one with --advertise-addr`
    : problem;

/** @source docker/cli v20.10 cli/command/swarm/init.go */
export const init: Command = {
  words: noWords,
  checks: {
    ...specChecks,
    'listen-addr': checkedBy((text) => readListenAddress(text)),
    'default-addr-pool': checkedBy(readAddressPools),
  },
  run: (call) => {
    const { engine, flags, out } = call;
    const pools = flags.list('default-addr-pool').flatMap(readAddressPools);
    const isLocked = flags.isOn('autolock');
    const body = {
      ListenAddr: listenAddressOf(call),
      AdvertiseAddr: flags.text('advertise-addr'),
      DataPathAddr: flags.text('data-path-addr'),
      DataPathPort: flags.number('data-path-port'),
      ForceNewCluster: flags.isOn('force-new-cluster'),
      Spec: asSent(withFlags(emptySpec, flags), 'swarm.Spec'),
      AutoLockManagers: isLocked,
      Availability: availabilityOf(call),
      DefaultAddrPool: pools.length === 0 ? null : pools,
      SubnetSize: flags.number('default-addr-pool-mask-length', 24),
    };
    const reply = engine.reply({ method: 'POST', path: '/swarm/init', body });
    if (reply.status >= 400) {
      throw new ClientError(withAdvice(`Error response from daemon: ${messageOf(reply)}`));
    }
    const nodeId = JSON.parse(reply.text) as string;
    out.line(`Swarm initialized: current node (${nodeId}) is now a manager.\n`);
    showJoinCommand(call, nodeId, 'worker');
    out.line(
      "To add a manager to this swarm, run 'docker swarm join-token manager' and follow the " +
        'instructions.\n',
    );
    if (isLocked) showUnlockKey(call, unlockKeyOf(engine));
  },
};

/** @source docker/cli v20.10 cli/command/swarm/join.go */
export const join: Command = {
  words: exactly(1),
  checks: { 'listen-addr': checkedBy((text) => readListenAddress(text)) },
  run: (call) => {
    const { engine, flags, out, words } = call;
    const body = {
      ListenAddr: listenAddressOf(call),
      AdvertiseAddr: flags.text('advertise-addr'),
      DataPathAddr: flags.text('data-path-addr'),
      RemoteAddrs: words,
      JoinToken: flags.text('token'),
      Availability: availabilityOf(call),
    };
    engine.done({ method: 'POST', path: '/swarm/join', body });
    const role = swarmInfoOf(engine).ControlAvailable ? 'manager' : 'worker';
    out.line(`This node joined a swarm as a ${role}.`);
  },
};

/** @source docker/cli v20.10 cli/command/swarm/leave.go */
export const leave: Command = {
  words: noWords,
  run: ({ engine, flags, out }) => {
    const force = flags.isOn('force') ? '1' : undefined;
    engine.done({ method: 'POST', path: pathWith('/swarm/leave', { force }) });
    out.line('Node left the swarm.');
  },
};

/** @source docker/cli v20.10 cli/command/swarm/join_token.go */
export const joinToken: Command = {
  words: exactly(1),
  run: (call) => {
    const { engine, flags, out, words } = call;
    const [role = ''] = words;
    if (role !== 'worker' && role !== 'manager') throw new ClientError(`unknown role ${role}`);
    const isQuiet = flags.isOn('quiet');
    if (flags.isOn('rotate')) {
      const before = swarmOf(engine);
      updateSwarm(engine, before, before.Spec, { [role]: true });
      if (!isQuiet) out.line(`Successfully rotated ${role} join token.\n`);
    }
    const swarm = swarmOf(engine);
    if (isQuiet) {
      out.line(tokenOf(swarm, role));
      return;
    }
    showJoinCommand(call, swarmInfoOf(engine).NodeID, role);
  },
};

type Role = 'worker' | 'manager';

const tokenOf = ({ JoinTokens }: ReturnType<typeof swarmOf>, role: Role): string =>
  role === 'worker' ? JoinTokens.Worker : JoinTokens.Manager;

const showJoinCommand = ({ engine, out }: CommandCall, nodeId: string, role: Role): void => {
  const { ManagerStatus } = nodeOf(engine, nodeId);
  const token = tokenOf(swarmOf(engine), role);
  if (!ManagerStatus) return;
  out.line(
    `To add a ${role} to this swarm, run the following command:\n\n` +
      `    docker swarm join --token ${token} ${ManagerStatus.Addr ?? ''}\n`,
  );
};
