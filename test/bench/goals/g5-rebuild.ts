import { absentFold, foldCommit, labModel } from '@netfold/application';
import type { FlushEntry, LabVersion } from '@netfold/application';
import { createReadSchema, rebuild, tableHashes } from '@netfold/readmodel-postgres';
import type { RebuildSource } from '@netfold/readmodel-postgres';
import { withClient } from '@netfold/testkit';
import pg from 'pg';
import { claim } from '../harness/claim.ts';
import { closedLoop } from '../harness/callers.ts';
import type { BenchContext, Goal, Measured } from '../harness/goal.ts';
import { alternate, roundsInTime, timed } from '../harness/rounds.ts';
import { median, ratios } from '../harness/statistics.ts';
import { EmmettPeer, givenCommands } from '../peers/emmett.ts';
import { replayWithConsumer } from '../peers/emmett-consumer.ts';
import { RowWiseTables } from '../peers/row-wise.ts';
import { benchDatabase, Netfold, newLabId, tenantId } from '../netfold/netfold.ts';
import type { Connection } from '../netfold/netfold.ts';
import { openLab, openNetwork, runContainer } from '../netfold/workload.ts';

export const rebuilding: Goal = {
  id: 'G5',
  title: 'Rebuild of all read models from the log',
  method:
    'labs of 1,000 endpoints; the rebuild alternates with a pass that only reads the events and' +
    ' parses them, and with row-wise upserts in transactions of 1,000 events over a part of the' +
    ' log. The emmett consumer replays a part of the same events, with the row changes given.' +
    ' The rebuilt tables are equal to the live ones by hash. The size of the log is among the' +
    ' figures; --events sets another.',
  run,
};

type Sizes = {
  readonly events: number;
  readonly perLab: number;
  readonly rowWise: number;
  readonly consumed: number;
  readonly rounds: number;
};

const full = { events: 45_000, perLab: 1_000, rowWise: 9_000, consumed: 9_000, rounds: 3 };
const quick: Sizes = { events: 5_400, perLab: 300, rowWise: 900, consumed: 900, rounds: 1 };

async function run(context: BenchContext): Promise<Measured> {
  const sizes: Sizes = context.isQuick ? quick : { ...full, events: context.events ?? full.events };
  const netfold = await Netfold.open(context.postgres);
  const events = await fill(netfold, sizes, (written) =>
    context.say(`${written} events in the log`),
  );
  const { connection } = netfold;
  const source = rebuildSource(netfold);
  const live = await hashesOf(connection);
  const [rebuilds, parses, rowWise] = await alternate(roundsInTime(sizes.rounds), [
    async () => events / (await seconds(() => rebuildOnce(connection, source))),
    async () => events / (await seconds(() => readAndParse(connection))),
    () => rowByRow(netfold, sizes.rowWise),
  ]);
  const isEqual = JSON.stringify(await hashesOf(connection)) === JSON.stringify(live);
  const rows = live.reduce((sum, table) => sum + table.rows, 0);
  context.say(`rebuild ${median(rebuilds).toFixed(0)} events/s`);
  const consumed = await consumer(context, netfold, sizes);
  await netfold.close();
  const size = `${events} events, ${rows} rows`;
  return {
    claims: [
      claim({
        text: 'rebuild / read and parse',
        atLeast: 0.6,
        rounds: ratios(rebuilds, parses),
        next,
      }),
      claim({
        text: 'rebuild / row-wise upserts',
        atLeast: 15,
        rounds: ratios(rebuilds, rowWise),
        next,
      }),
      claim({
        text: 'rebuild / emmett consumer',
        atLeast: 50,
        rounds: rebuilds.map((rate) => rate / consumed),
        next,
      }),
      claim({
        text: `rebuilt tables equal to the live ones (${size})`,
        atLeast: 1,
        rounds: [Number(isEqual)],
        next: 'the tables differ, which is a fault: `netfold verify` says where',
      }),
    ],
    figures: [
      { text: 'events in the log', value: events, unit: 'events' },
      { text: 'rows rebuilt', value: rows, unit: 'rows' },
      { text: 'rebuild', value: median(rebuilds), unit: 'events/s' },
      { text: 'rebuild', value: (median(rebuilds) * rows) / events, unit: 'rows/s' },
      { text: 'read and parse', value: median(parses), unit: 'events/s' },
      { text: 'row-wise upserts', value: median(rowWise), unit: 'events/s' },
      { text: 'emmett consumer, batches of 1,000', value: consumed, unit: 'events/s' },
    ],
  };
}

const next =
  'reading and parsing are a small part: each command stands for some 34 rows. By processor time,' +
  ' making the rows of the view and their text is half, `copy` a quarter, keys and indexes a' +
  ' quarter; the peers skip the fold, and pay per row alone. Fewer rows come first, then several' +
  ' indexes at once on connections of their own';

const seconds = async (work: () => Promise<unknown>): Promise<number> => (await timed(work)) / 1000;

async function fill(
  netfold: Netfold,
  { events, perLab }: Sizes,
  onLab: (written: number, flushed: readonly FlushEntry[]) => void,
): Promise<number> {
  let written = 0;
  while (written < events) {
    const flushed: FlushEntry[] = (netfold.noted = []);
    const labId = newLabId();
    await netfold.submit(labId, openLab('h1'));
    await netfold.submit(labId, openNetwork());
    const runs = Array.from({ length: perLab }, (_, number) => runContainer(number));
    await Promise.all(runs.map((body) => netfold.submit(labId, body)));
    netfold.noted = null;
    written += flushed.reduce((sum, { commit }) => sum + (commit?.events.length ?? 0), 0);
    onLab(written, flushed);
  }
  return written;
}

/** As the server's own: folds labs from their first commit; writers wait during the swap. */
const rebuildSource = ({ log }: Netfold): RebuildSource => ({
  labs: () => log.labs(),
  fold: async (head): Promise<LabVersion> => {
    let fold = absentFold(labModel, head.labId, head.tenantId);
    for await (const commit of log.readLab(head.labId, 0, head.version)) {
      fold = foldCommit(labModel, fold, commit);
    }
    return fold;
  },
  lockWriters: async (client) => {
    await client.query('lock table log.writer_partition in exclusive mode');
  },
});

const hashesOf = (connection: Connection) =>
  withClient(connection, (client) => tableHashes(client, 'read'));

const rebuildOnce = (connection: Connection, source: RebuildSource): Promise<unknown> =>
  withClient(connection, (client) => rebuild(client, source, () => {}));

/** Nothing but the events: read in pages and parsed. */
async function readAndParse(connection: Connection): Promise<void> {
  await withClient(connection, async (client) => {
    for (let position = 0; ;) {
      const { rows } = await client.query<{ position: number; events: string }>({
        name: 'page',
        text:
          'select position::float8 as position, events::text as events from log.commit' +
          ' where partition = 0 and position > $1 order by commit.position limit 1000',
        values: [position],
      });
      for (const { events } of rows) JSON.parse(events);
      if (rows.length < 1000) return;
      position = rows.at(-1)?.position ?? position;
    }
  });
}

/** @returns events per second of a projector that writes each row by itself */
async function rowByRow(netfold: Netfold, events: number): Promise<number> {
  const client = new pg.Client(netfold.connection);
  await client.connect();
  await client.query('drop schema if exists read_rows cascade');
  await createReadSchema(client, 'read_rows');
  const tables = new RowWiseTables(client, 'read_rows');
  const commits = await netfold.log.readPartition(0, 0, events);
  const folds = new Map<string, ReturnType<typeof absentFold>>();
  let done = 0;
  const milliseconds = await timed(async () => {
    await client.query('begin');
    for (const commit of commits) {
      if (done >= events) break;
      const before = folds.get(commit.labId) ?? absentFold(labModel, commit.labId, tenantId);
      const after = foldCommit(labModel, before, commit);
      folds.set(commit.labId, after);
      const { labId } = commit;
      const change = {
        labId,
        tenantId,
        before: before.lab,
        after: after.lab,
        events: commit.events,
      };
      for (const row of labModel.deltaOf(change)) await tables.apply(row);
      done += commit.events.length;
      if (Math.floor(done / 1000) > Math.floor((done - commit.events.length) / 1000)) {
        await client.query('commit; begin');
      }
    }
    await client.query('commit');
  });
  await client.query('drop schema read_rows cascade');
  await client.end();
  return (done * 1000) / milliseconds;
}

/** @returns events per second of emmett's consumer, in a measurement of its own */
async function consumer(context: BenchContext, netfold: Netfold, sizes: Sizes): Promise<number> {
  const entries: FlushEntry[] = [];
  await fill(netfold, { ...sizes, events: sizes.consumed, perLab: 100 }, (_, flushed) => {
    entries.push(...flushed);
  });
  const commands = givenCommands(entries);
  const database = await benchDatabase(context.postgres);
  const emmett = await EmmettPeer.open(database, false);
  const streams = Map.groupBy(commands, ({ stream }) => stream);
  await closedLoop(
    [...streams.values()].map((of) => of.map((command) => () => emmett.submit(command))),
  );
  let handled = 0;
  const took = await seconds(async () => {
    handled = await replayWithConsumer(emmett, commands);
  });
  await emmett.close();
  context.say(`emmett consumer: ${handled} events in ${took.toFixed(1)} s`);
  return handled / took;
}
