import type { ContainerId, Refusal } from '@netfold/contracts';
import { containerNameInvalid, containerNameTaken } from '../refusal/container.ts';
import type { LabHost } from '../state/lab-host.ts';
import type { Draw } from '../draw.ts';
import { adjectives, surnames } from './name-words.ts';

/** Two characters at least: the engine's pattern. */
const namePattern = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;
const attemptsMax = 6;
const shortIdLength = 12;

/**
 * @param name  as asked for, with or without the leading slash
 * @returns the name without it, or why it cannot be had
 * @source moby/moby daemon/names.go reserveName
 */
export function reserveName(host: LabHost, name: string): string | Refusal {
  const bare = name.startsWith('/') ? name.slice(1) : name;
  if (!namePattern.test(bare)) return containerNameInvalid(name);
  const holder = host.containerNames.get(bare);
  return holder === undefined ? bare : containerNameTaken(bare, holder);
}

/**
 * `focused_turing`; with a digit when it was taken; at last the short id.
 *
 * @source moby/moby daemon/names.go generateNewName, pkg/namesgenerator
 */
export function generateName(host: LabHost, draw: Draw, id: ContainerId): string {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const digit = attempt === 0 ? '' : `${draw.between(0, 9)}`;
    const name = `${drawPair(draw)}${digit}`;
    if (!host.containerNames.has(name)) return name;
  }
  return id.slice(0, shortIdLength);
}

function drawPair(draw: Draw): string {
  for (;;) {
    const adjective = adjectives[draw.between(0, adjectives.length - 1)];
    const pair = `${adjective}_${surnames[draw.between(0, surnames.length - 1)]}`;
    // Steve Wozniak is not boring.
    if (pair !== 'boring_wozniak') return pair;
  }
}
