import { describe, expect, it } from 'vitest';
import type { CommandBody, SingleCommand } from '@netfold/contracts';
import {
  commandOf,
  connectContainer,
  createContainer,
  createLab,
  createNetwork,
  disconnectContainer,
  initSwarm,
  joinSwarm,
  removeContainer,
  removeNetwork,
  startContainer,
  stopContainer,
  testEpoch,
} from '@netfold/testkit';
import { decide } from '../decide.ts';
import type { Decision } from '../decision.ts';
import { drawOf } from '../draw.ts';
import type { Draw } from '../draw.ts';
import { evolveAll, initial } from '../evolve.ts';
import { decodeLab, encodeLab, hashableLab } from '../snapshot.ts';
import type { ActiveLab, Lab } from '../state/lab.ts';

const seed = '6e6574666f6c6420626567696e732068';
const versionsKept = 1_000;

type Step = { readonly lab: Lab; readonly decision: Decision; readonly hash: string };

/**
 * A run of commands by chance over three hosts and few names, so that most of them mean
 * something.
 */
function randomRun(): readonly Step[] {
  const draw = drawOf(seed);
  const steps: Step[] = [];
  let lab: Lab = initial;
  for (let count = 0; steps.length < versionsKept; count += 1) {
    const body = count === 0 ? createLab('h1', 'h2', 'h3') : randomCommand(lab as ActiveLab, draw);
    const command = commandOf(body, testEpoch + count * 500, count);
    const decision = decide(lab, command);
    expect(decide(lab, command)).toEqual(decision);
    lab = evolveAll(lab, decision.events);
    steps.push({ lab, decision, hash: hashOf(lab) });
  }
  return steps;
}

function randomCommand(lab: ActiveLab, draw: Draw): CommandBody {
  const host = `h${draw.between(1, 3)}`;
  const network = `n${draw.between(1, 6)}`;
  const container = `c${draw.between(1, 9)}`;
  const [swarm] = lab.swarms.values();
  const others: readonly SingleCommand[] = [
    createNetwork(network, { host }),
    createNetwork(network, { host: 'h1', driver: 'overlay', attachable: true }),
    createNetwork(network, { host, subnet: `10.${draw.between(1, 4)}.0.0/29` }),
    removeNetwork(network, host),
    createContainer(container, { host, networkMode: network, command: ['sleep', '1d'] }),
    createContainer(container, { host, command: ['sleep', '2'] }),
    startContainer(container, host),
    startContainer(container, host),
    startContainer(container, host),
    stopContainer(container, host),
    removeContainer(container, host),
    connectContainer(network, container, {}, host),
    disconnectContainer(network, container, host),
    swarm === undefined ? initSwarm('h1') : joinSwarm(host, swarm.workerToken),
  ];
  if (draw.between(0, 60) === 0) return { type: 'LeaveSwarm', host, force: true };
  const chosen = others[draw.between(0, others.length - 1)];
  if (chosen === undefined) throw new Error('a number beyond the list was drawn');
  return chosen;
}

function hashOf(lab: Lab): string {
  return JSON.stringify(hashableLab(lab));
}

describe('a random run', () => {
  const steps = randomRun();
  const accepted = steps.filter(({ decision }) => decision.outcome.kind === 'accepted');

  it('is accepted for the most part, and starts containers', () => {
    expect(accepted.length).toBeGreaterThan(steps.length / 3);
    const types = new Set(steps.flatMap(({ decision }) => decision.events.map(({ type }) => type)));
    expect([...types]).toEqual(expect.arrayContaining(['ContainerStarted', 'TaskAllocated']));
  });

  it('never changes a version that was handed out', () => {
    expect(steps).toHaveLength(versionsKept);
    for (const { lab, hash } of steps) expect(hashOf(lab)).toBe(hash);
  });

  it('replays to the same lab, from its facts and from a snapshot', () => {
    const last = steps.at(-1);
    const events = steps.flatMap(({ decision }) => decision.events);
    expect(hashOf(evolveAll(initial, events))).toBe(last?.hash);
    const middle = Math.floor(steps.length / 2);
    const rest = steps.slice(middle + 1).flatMap(({ decision }) => decision.events);
    const snapshot: unknown = JSON.parse(JSON.stringify(encodeLab(steps[middle]?.lab ?? initial)));
    expect(hashOf(evolveAll(decodeLab(snapshot), rest))).toBe(last?.hash);
  });

  it('never gives an address or a MAC twice in a network', () => {
    for (const { lab } of steps) {
      for (const host of lab.state === 'active' ? lab.hosts.values() : []) {
        for (const network of host.networks.values()) {
          const endpoints = [...network.endpointIds.keys()].map((id) => host.endpoints.get(id));
          for (const member of ['ipv4', 'mac'] as const) {
            const given = endpoints.map((endpoint) => endpoint?.[member] ?? '').filter(Boolean);
            expect(new Set(given).size).toBe(given.length);
          }
        }
      }
    }
  });

  it('keeps in use exactly what endpoints and load balancers hold', () => {
    for (const { lab } of steps) {
      for (const swarm of lab.state === 'active' ? lab.swarms.values() : []) {
        for (const network of swarm.networks.values()) {
          const tasks = [...network.tasks.values()].map(({ taskId }) => taskId);
          const balancers = [...(lab.state === 'active' ? lab.hosts.values() : [])]
            .filter((host) => host.overlays.has(network.id))
            .map((host) => `lb/${host.name}`);
          expect([...network.addresses.values()].toSorted(compare)).toEqual(
            [...tasks, ...balancers].toSorted(compare),
          );
        }
      }
    }
  });
});

function compare(left: string, right: string): number {
  return left < right ? -1 : 1;
}
