import type { CommandBody } from '@netfold/contracts';
import fc from 'fast-check';
import { intents } from './intents.ts';
import type { Intent } from './intents.ts';
import { createLab } from './lab.ts';
import type { LiveLabs } from './live-labs.ts';
import { commandOf } from './user.ts';

const tenantId = 'local';
const labsAtOnce = 24;
/** Users of one lab, so that commits of a lab meet in one flush. */
const usersPerLab = 2;

export type LivePlayed = {
  readonly labIds: readonly string[];
  readonly commands: number;
  readonly accepted: number;
};

type Tally = { commands: number; accepted: number };

/** Random users of so many labs, several labs at a time. */
export async function playLabs(live: LiveLabs, labs: number, seed: number): Promise<LivePlayed> {
  const stories = fc.sample(intents, { numRuns: labs, seed });
  const waiting = [...stories.entries()];
  const tally: Tally = { commands: 0, accepted: 0 };
  const crew = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [index, story] = next;
      await playStory(live, labIdOf(index), story, tally);
    }
  };
  await Promise.all(Array.from({ length: labsAtOnce }, crew));
  return { labIds: stories.map((_, index) => labIdOf(index)), ...tally };
}

function labIdOf(index: number): string {
  return `lab-${index.toString(16).padStart(8, '0')}`;
}

async function playStory(
  live: LiveLabs,
  labId: string,
  story: readonly Intent[],
  tally: Tally,
): Promise<void> {
  const submit = async (body: CommandBody, number: number, seen: number): Promise<void> => {
    // What is edited by its place is named by the version that showed it, as tools do.
    const isByPlace = body.type === 'EditFirewall' || body.type === 'EditStacks';
    const id = `${labId}-${number}`;
    const { outcome } = await live.gate.submit({
      id,
      labId,
      tenantId,
      actorId: 'simulation',
      face: 'graphql',
      commandText: null,
      correlationId: id,
      causationId: null,
      expectedVersion: isByPlace ? seen : null,
      body,
    });
    tally.commands += 1;
    if (outcome.kind === 'accepted') tally.accepted += 1;
  };
  await submit(createLab, 0, 0);
  const waiting = [...story.entries()].toReversed();
  const user = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [index, intent] = next;
      const seen = await live.states.committed(labId);
      if (seen?.lab.state !== 'active') continue;
      await submit(commandOf(seen.lab, intent), index + 1, seen.version);
    }
  };
  await Promise.all(Array.from({ length: usersPerLab }, user));
}
