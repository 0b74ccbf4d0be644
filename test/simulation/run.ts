import type { Command, CommandBody, LabEvent } from '@netfold/contracts';
import { decide, evolveAll, initial } from '@netfold/domain';
import type { Decision, Lab } from '@netfold/domain';
import type { Intent } from './intents.ts';
import { createLab } from './lab.ts';
import { commandOf } from './user.ts';

/** One command of a run with what came of it. */
export type Step = {
  readonly command: Command;
  readonly before: Lab;
  readonly decision: Decision;
  readonly after: Lab;
};

export const labId = 'lab-00000001';
export const tenantId = 'local';

const start = Date.UTC(2026, 0, 1);

/** Of so many labs one is removed in the end, and its user does not know it. */
const labsPerRemoval = 16;

/** Carries out the intents one after the other, beginning with an empty lab. */
export function play(intents: readonly Intent[], seed: number): readonly Step[] {
  const steps = [step(initial, createLab, 0, seed)];
  const last = (): Lab => steps.at(-1)?.after ?? initial;
  const go = (body: CommandBody): void => {
    steps.push(step(last(), body, steps.length, seed));
  };
  for (const intent of intents) {
    const lab = last();
    if (lab.state === 'active') go(commandOf(lab, intent));
  }
  if (seed % labsPerRemoval === 0) {
    go({ type: 'RemoveLab' });
    go({ type: 'RemoveLab' });
  }
  return steps;
}

function step(before: Lab, body: CommandBody, index: number, seed: number): Step {
  const command = commandAt(before, body, index, seed);
  const decision = decide(before, command);
  return { command, before, decision, after: evolveAll(before, decision.events) };
}

export function commandAt(before: Lab, body: CommandBody, index: number, seed: number): Command {
  return {
    id: `command-${seed}-${index}`,
    labId,
    tenantId,
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
