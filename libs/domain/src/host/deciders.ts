import type { HostName, HostSpec, Outcome } from '@netfold/contracts';
import type { Draw } from '../draw.ts';
import { createPredefinedNetworks } from '../network/predefined-networks.ts';
import { limits } from '../limits.ts';
import { labHostExists, labHostInSwarm, limitReached } from '../refusal/lab.ts';
import { answered, refusedWith } from '../work.ts';
import type { Deciders, Work } from '../work.ts';
import { getHost } from './change-host.ts';
import { refusalOfHost } from './host-spec.ts';

/** The loopback interface has index 1; the NICs follow. */
const firstNicIndex = 2;

/** What a booted machine's own daemons have used up before the first container. */
const firstProcessId = 1_000;

export const hostDeciders: Deciders<'AddHost' | 'RemoveHost'> = {
  AddHost: (work, command) => addHost(work, command.host),
  RemoveHost: (work, command) => removeHost(work, command.host),
};

/** Boots a machine: its NICs, its engine, and the three networks that every engine has. */
export function addHost(work: Work, spec: HostSpec): Outcome {
  const { lab } = work;
  if (lab.hosts.has(spec.name)) return refusedWith(labHostExists(spec.name));
  if (lab.hosts.size >= limits.hostsPerLabMax) {
    return refusedWith(limitReached('hosts', limits.hostsPerLabMax, lab.hosts.size));
  }
  const refusal = refusalOfHost(lab, spec);
  if (refusal !== null) return refusedWith(refusal);
  work.emit({
    type: 'HostAdded',
    data: {
      host: spec.name,
      spec,
      engineId: engineIdOf(work.draw),
      nextInterfaceIndex: firstNicIndex + spec.nics.length,
      nextProcessId: firstProcessId,
      bootedAt: work.now,
    },
  });
  createPredefinedNetworks(work, spec.name);
  return answered();
}

function removeHost(work: Work, name: HostName): Outcome {
  if (getHost(work.lab, name).membership.state === 'active') {
    return refusedWith(labHostInSwarm(name));
  }
  work.emit({ type: 'HostRemoved', data: { host: name } });
  return answered();
}

/** Twelve groups of four base 32 characters, as libtrust prints the engine's key. */
function engineIdOf(draw: Draw): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const character = (): string => alphabet.charAt(draw.between(0, alphabet.length - 1));
  const group = (): string => Array.from({ length: 4 }, character).join('');
  return Array.from({ length: 12 }, group).join(':');
}
