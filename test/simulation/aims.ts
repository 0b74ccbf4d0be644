import type { ActiveLab, LabHost } from '@netfold/domain';
import type { Intent, IntentKind } from './intents.ts';
import { Situation, isPredefined } from './situation.ts';

/** What a host must hold for an intent to make sense there; the others make sense everywhere. */
const needs: { readonly [K in IntentKind]?: (at: Situation) => boolean } = {
  createNetwork: ({ host }) => host.networks.size < networksEnough,
  createOverlay: ({ host }) => roleOf(host) === 'manager',
  removeNetwork: ({ host }) =>
    [...host.networks.values()].some(
      ({ name, endpointIds }) => !isPredefined(name) && endpointIds.size === 0,
    ),
  connect: (at) => at.containers('ordinary').length > 0 && at.joinableNetworks().length > 1,
  disconnect: (at) => at.containers('ordinary').some(({ attachments }) => attachments.size > 0),
  start: (at) => at.containers('stopped').length > 0,
  stop: (at) => at.containers('running').length > 0,
  restart: (at) => at.containers('running').length > 0,
  kill: (at) => at.containers('running').length > 0,
  pause: (at) => at.containers('running').length > 0,
  unpause: (at) => at.containers('paused').length > 0,
  rename: ({ host }) => host.containers.size > 0,
  remove: ({ host }) => host.containers.size > 0,
  createExec: (at) => at.containers('running').length > 0,
  startExec: (at) => at.liveExecs('created').length > 0,
  endExec: ({ host }) => [...host.execs.values()].some(({ status }) => status === 'running'),
  endProcess: (at) => at.containers('running').length > 0,
  probeHealth: (at) => at.containers('running').some(({ health }) => health !== null),
  sendPackets: (at) => at.containers('running').length > 0,
  initSwarm: ({ host }) => roleOf(host) === 'inactive',
  joinSwarm: (at) => roleOf(at.host) === 'inactive' && hasManager(at.lab),
  leaveSwarm: ({ host }) => roleOf(host) !== 'inactive',
};

/** What the user does where no host has what the intent needs. */
const instead: { readonly [K in IntentKind]?: IntentKind } = {
  createNetwork: 'removeNetwork',
  createOverlay: 'initSwarm',
  removeNetwork: 'createNetwork',
  connect: 'createNetwork',
  unpause: 'pause',
  pause: 'runContainer',
  probeHealth: 'runContainer',
  startExec: 'createExec',
  endExec: 'startExec',
  initSwarm: 'leaveSwarm',
  joinSwarm: 'initSwarm',
  leaveSwarm: 'initSwarm',
};

const networksEnough = 14;
const detoursMax = 4;

/** What the user really does and where: the intent, or what first makes it possible. */
export function aimOf(
  lab: ActiveLab,
  intent: Intent,
): { readonly kind: IntentKind; readonly at: Situation } | null {
  const hosts = [...lab.hosts.values()];
  const first = intent.host % Math.max(hosts.length, 1);
  const ordered = [...hosts.slice(first), ...hosts.slice(0, first)];
  let { kind } = intent;
  for (let detours = 0; detours < detoursMax; detours += 1) {
    const need = needs[kind] ?? (() => true);
    const places = ordered.map((host) => new Situation(lab, host, intent));
    const at = places.find((place) => need(place));
    if (at !== undefined) return { kind, at };
    kind = instead[kind] ?? 'runContainer';
  }
  return null;
}

const roleOf = ({ membership }: LabHost): string =>
  membership.state === 'active' ? membership.role : 'inactive';

const hasManager = ({ hosts }: ActiveLab): boolean =>
  [...hosts.values()].some((host) => roleOf(host) === 'manager');
