import type { FlushEntry } from '@netfold/application';
import { createReadSchema } from '@netfold/readmodel-postgres';
import { migrateLog } from '@netfold/log-postgres';
import { withClient } from '@netfold/testkit';
import { HttpClient } from '../harness/http-client.ts';
import { BarePipeline } from '../peers/bare-pipeline.ts';
import { openLabByHttp, runByHttp } from './http-labs.ts';
import { newLabId } from './netfold.ts';
import type { Connection, Netfold } from './netfold.ts';
import type { RunningScaled } from './scaled.ts';
import { startNetfold } from './server.ts';
import { VisibleRows } from './visible-rows.ts';
import { openLab, openNetwork, runContainer, runsPerLab } from './workload.ts';

/** Connections of clients to one server. */
const connectionsMax = 32;

/** A lab that is ready for the commands of the bench. */
type ReadyLab = {
  readonly labId: string;
  /** @param number below `runsPerLab` @returns when there is an answer: the version after it */
  readonly run: (number: number) => Promise<number>;
};

/** One way to carry commands out and to make their rows readable. */
export type Way = {
  readonly name: string;
  readonly rows: VisibleRows;
  readonly openLabs: (count: number) => Promise<readonly ReadyLab[]>;
  readonly close: () => Promise<void>;
};

/** A service by HTTP; labs take turns on its servers. */
async function byHttp(of: {
  readonly name: string;
  readonly urls: readonly string[];
  readonly token: string;
  readonly tables: Connection;
  readonly stop: () => Promise<void>;
}): Promise<Way> {
  const clients = of.urls.map((url) => new HttpClient({ url, token: of.token }, connectionsMax));
  const rows = await VisibleRows.open(of.tables);
  const openOne = async (client: HttpClient): Promise<ReadyLab> => {
    const labId = await openLabByHttp(client);
    return { labId, run: (number) => runByHttp(client, labId, number) };
  };
  return {
    name: of.name,
    rows,
    openLabs: async (count) => {
      const labs: ReadyLab[] = [];
      // A tenant's labs are made one after the other.
      for (let lab = 0; lab < count; lab += 1) {
        labs.push(await openOne(clients[lab % clients.length] as HttpClient));
      }
      return labs;
    },
    close: async () => {
      for (const client of clients) client.close();
      await rows.close();
      await of.stop();
    },
  };
}

export const scaledWay = (scaled: RunningScaled): Promise<Way> =>
  byHttp({ ...scaled, name: 'scaled', stop: () => Promise.resolve() });

/** The service in one process, on a database beside those of the scaled installation. */
export async function embeddedWay(beside: Connection): Promise<Way> {
  const connection = await databaseOf(beside, 'bench_embedded', async () => {});
  const server = await startNetfold(connection);
  return byHttp({ ...server, name: 'embedded', urls: [server.url], tables: connection });
}

/** kafkajs and an insert on the same broker and server; what it writes was decided beforehand. */
export async function bareWay(
  { kafka, tables }: RunningScaled,
  partitions: number,
  netfold: Netfold,
): Promise<Way> {
  const connection = await databaseOf(tables, 'bench_bare', async (made) => {
    await withClient(made, migrateLog);
    await withClient(made, (client) => createReadSchema(client, 'read'));
  });
  const pipeline = await BarePipeline.open({
    broker: kafka,
    connection,
    topic: 'bench.bare',
    partitions,
  });
  const rows = await VisibleRows.open(connection);
  const openOne = async (): Promise<ReadyLab> => {
    const { labId, entries } = await decidedLab(netfold);
    return {
      labId,
      // Nobody else tells its caller that the command has been carried out.
      run: async (number) => {
        const entry = entries[number];
        if (entry === undefined) throw new Error(`command ${number} was not decided`);
        await pipeline.send(entry);
        await rows.seen(labId, `web${number}`);
        return entry.remembered.labVersion;
      },
    };
  };
  return {
    name: 'bare pipeline',
    rows,
    openLabs: async (count) => {
      const labs: ReadyLab[] = [];
      for (let lab = 0; lab < count; lab += 1) labs.push(await openOne());
      return labs;
    },
    close: async () => {
      await pipeline.close();
      await rows.close();
    },
  };
}

async function decidedLab(
  netfold: Netfold,
): Promise<{ readonly labId: string; readonly entries: readonly FlushEntry[] }> {
  const labId = newLabId();
  await netfold.submit(labId, openLab('h1'));
  await netfold.submit(labId, openNetwork());
  const entries: FlushEntry[] = (netfold.noted = []);
  for (let number = 0; number < runsPerLab; number += 1) {
    await netfold.submit(labId, runContainer(number));
  }
  netfold.noted = null;
  return { labId, entries };
}

async function databaseOf(
  server: Connection,
  database: string,
  prepare: (made: Connection) => Promise<void>,
): Promise<Connection> {
  await withClient(server, (client) => client.query(`create database ${database}`));
  const made = { ...server, database };
  await prepare(made);
  return made;
}
