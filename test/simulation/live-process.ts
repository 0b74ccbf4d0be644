import type { ConnectionSettings } from '@netfold/log-postgres';
import { createReadSchema, projectLab, tableHashes } from '@netfold/readmodel-postgres';
import type { TableHash } from '@netfold/readmodel-postgres';
import { startLiveLabs, withClient } from './live-labs.ts';
import { playLabs } from './live-play.ts';
import { assertPlanted } from './plant-fault.ts';

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

const viewSchema = 'read_view';

/** `CONNECTION LABS SEED`: plays random users on a service of its own in an empty database. */
const [connection = '', labs, seed] = process.argv.slice(2);
process.send?.(await playLive(JSON.parse(connection), Number(labs), Number(seed)));
process.disconnect();

async function playLive(
  owner: ConnectionSettings,
  labCount: number,
  playSeed: number,
): Promise<LiveRows> {
  const live = await startLiveLabs(owner);
  const { labIds, commands, accepted } = await playLabs(live, labCount, playSeed);
  await live.stop();
  const hashes = await withClient(owner, async (client) => {
    await createReadSchema(client, viewSchema);
    for (const labId of labIds) {
      const of = await live.states.committed(labId);
      if (of !== null) await projectLab(client, viewSchema, of);
    }
    return {
      live: await tableHashes(client, 'read'),
      view: await tableHashes(client, viewSchema),
    };
  });
  await live.close();
  assertPlanted();
  return { labs: labCount, commands, accepted, problems: live.problems, ...hashes };
}
