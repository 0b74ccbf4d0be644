import type { Command, CommandBody, LabEvent, Outcome } from '@netfold/contracts';
import { decide, evolveAll, initial } from '@netfold/domain';
import type { Decision, Lab } from '@netfold/domain';
import type { Intent } from './intents.ts';
import { hostSpec } from './specs.ts';
import { commandOf, firstHosts } from './user.ts';

/** One command of a run with what came of it. */
export type Step = {
  readonly command: Command;
  readonly before: Lab;
  readonly decision: Decision;
  readonly after: Lab;
};

const start = Date.UTC(2026, 0, 1);

export const createLab: CommandBody = {
  type: 'CreateLab',
  name: 'simulation',
  hosts: firstHosts.map((name, index) => hostSpec(name, index + 1)),
  lans: [{ name: 'lan', subnet: '192.168.50.0/24', gateway: '192.168.50.1' }],
  images: null,
};

/** Carries out the intents one after the other, beginning with an empty lab. */
export function play(intents: readonly Intent[], seed: number): readonly Step[] {
  const steps = [step(initial, createLab, 0, seed)];
  for (const [index, intent] of intents.entries()) {
    const before = steps.at(-1)?.after ?? initial;
    if (before.state !== 'active') break;
    steps.push(step(before, commandOf(before, intent), index + 1, seed));
  }
  return steps;
}

function step(before: Lab, body: CommandBody, index: number, seed: number): Step {
  const command = commandAt(before, body, index, seed);
  const decision = decide(before, command);
  return { command, before, decision, after: evolveAll(before, decision.events) };
}

function commandAt(before: Lab, body: CommandBody, index: number, seed: number): Command {
  return {
    id: `command-${seed}-${index}`,
    labId: 'lab-00000001',
    tenantId: 'local',
    actorId: 'simulation',
    face: 'graphql',
    commandText: null,
    correlationId: `command-${seed}-${index}`,
    causationId: null,
    now: Math.max(start + index * 1_000, before.state === 'active' ? before.time : 0),
    random: randomOf(seed, index),
    expectedVersion: null,
    body,
  };
}

/** 32 hex characters from two numbers: a multiplicative hash, four words. */
function randomOf(seed: number, index: number): string {
  return [1, 2, 3, 4]
    .map((word) => {
      let h = Math.imul(seed ^ (index * 0x9e3779b1) ^ (word * 0x85ebca6b), 0xc2b2ae35);
      h = Math.imul(h ^ (h >>> 15), 0x27d4eb2f);
      return ((h ^ (h >>> 13)) >>> 0).toString(16).padStart(8, '0');
    })
    .join('');
}

export const eventsOf = (steps: readonly Step[]): readonly LabEvent[] =>
  steps.flatMap(({ decision }) => decision.events);

export const isAccepted = (outcome: Outcome): boolean => outcome.kind === 'accepted';
