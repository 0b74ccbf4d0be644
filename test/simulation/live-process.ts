import type { CommandBody } from '@netfold/contracts';
import type { ConnectionSettings } from '@netfold/log-postgres';
import { createReadSchema, projectLab, tableHashes } from '@netfold/readmodel-postgres';
import type { TableHash } from '@netfold/readmodel-postgres';
import fc from 'fast-check';
import { intents } from './intents.ts';
import type { Intent } from './intents.ts';
import { createLab } from './lab.ts';
import { startLiveLabs, withClient } from './live-labs.ts';
import type { LiveLabs } from './live-labs.ts';
import { assertPlanted } from './plant-fault.ts';
import { commandOf } from './user.ts';

/** What many labs at once left in the tables of one service. */
export type LiveRows = {
  readonly labs: number;
  readonly commands: number;
  readonly accepted: number;
  readonly problems: readonly string[];
  /** As the commits wrote them. */
  readonly live: readonly TableHash[];
  /** As the full view of each lab has them, from the writer's own memory. */
  readonly view: readonly TableHash[];
};

const tenantId = 'local';
const labsAtOnce = 24;
/** Users of one lab, so that commits of a lab meet in one flush. */
const usersPerLab = 2;
const viewSchema = 'read_view';

/** `CONNECTION LABS SEED`: plays random users on a service of its own in an empty database. */
const [connection = '', labs, seed] = process.argv.slice(2);
process.send?.(await playLive(JSON.parse(connection), Number(labs), Number(seed)));
process.disconnect();

function labIdOf(index: number): string {
  return `lab-${index.toString(16).padStart(8, '0')}`;
}

async function playLive(
  owner: ConnectionSettings,
  labCount: number,
  playSeed: number,
): Promise<LiveRows> {
  const live = await startLiveLabs(owner);
  const stories = fc.sample(intents, { numRuns: labCount, seed: playSeed });
  const waiting = [...stories.entries()];
  const tally = { commands: 0, accepted: 0 };
  const crew = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [index, story] = next;
      await playStory(live, labIdOf(index), story, tally);
    }
  };
  await Promise.all(Array.from({ length: labsAtOnce }, crew));
  await live.stop();
  const hashes = await withClient(owner, async (client) => {
    await createReadSchema(client, viewSchema);
    for (const index of stories.keys()) {
      const of = await live.states.committed(labIdOf(index));
      if (of !== null) await projectLab(client, viewSchema, of);
    }
    return {
      live: await tableHashes(client, 'read'),
      view: await tableHashes(client, viewSchema),
    };
  });
  await live.close();
  assertPlanted();
  return { labs: labCount, ...tally, problems: live.problems, ...hashes };
}

async function playStory(
  live: LiveLabs,
  labId: string,
  story: readonly Intent[],
  tally: { commands: number; accepted: number },
): Promise<void> {
  const submit = async (body: CommandBody, number: number): Promise<void> => {
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
      expectedVersion: null,
      body,
    });
    tally.commands += 1;
    if (outcome.kind === 'accepted') tally.accepted += 1;
  };
  await submit(createLab, 0);
  const waiting = [...story.entries()].toReversed();
  const user = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [index, intent] = next;
      const lab = (await live.states.committed(labId))?.lab;
      if (lab?.state === 'active') await submit(commandOf(lab, intent), index + 1);
    }
  };
  await Promise.all(Array.from({ length: usersPerLab }, user));
}
