import {
  FoldedLabs,
  LabWriter,
  SystemEntropy,
  systemClock,
  systemTimers,
  labModel,
} from '@netfold/application';
import type { CommandResult, FlushEntry } from '@netfold/application';
import type { CommandBody, LabId } from '@netfold/contracts';
import { PostgresLog } from '@netfold/log-postgres';
import { changesOf, createReadSchema } from '@netfold/readmodel-postgres';
import type { TestPostgres } from '@netfold/testkit';
import { withClient } from '@netfold/testkit';

/** As the owner reaches a database. */
export type Connection = Awaited<ReturnType<TestPostgres['database']>>;

/** The tenant of every lab of the bench. */
export const tenantId = 'local';

let commands = 0;
let labs = 0;

/** A lab id that was not used before in this process. */
export function newLabId(): LabId {
  labs += 1;
  return `lab-${labs.toString(16).padStart(8, '0')}`;
}

/** The writer with its log and read models as the server wires them, without a face before it. */
export class Netfold {
  readonly log: PostgresLog;
  readonly labs: FoldedLabs;
  readonly writer: LabWriter;
  readonly connection: Connection;
  /** Commands of each flush, since the array was last emptied. */
  readonly flushes: number[] = [];
  /** While it is an array, what is flushed is noted in it. */
  noted: FlushEntry[] | null = null;

  private constructor(connection: Connection) {
    this.connection = connection;
    this.log = new PostgresLog({
      connection: { ...connection, role: 'netfold_writer' },
      changesOf,
      onProblem: fail,
    });
    const flush = this.log.flush.bind(this.log);
    this.log.flush = (claim, entries) => {
      this.noted?.push(...entries);
      return flush(claim, entries);
    };
    const parts = { log: this.log, model: labModel, timers: systemTimers };
    this.labs = new FoldedLabs({
      ...parts,
      codeVersion: 'bench',
      onProblem: (p) => fail(p.message),
    });
    this.writer = new LabWriter({
      ...parts,
      labs: this.labs,
      partition: 0,
      clock: systemClock,
      entropy: new SystemEntropy(),
      onFlushed: ({ commands: count }) => this.flushes.push(count),
      onProblem: fail,
    });
  }

  /** On a database of its own, with the log and every read model in it. */
  static async open(postgres: TestPostgres): Promise<Netfold> {
    const connection = await benchDatabase(postgres);
    const netfold = new Netfold(connection);
    await netfold.writer.start();
    return netfold;
  }

  /** @throws when the command is refused: no command of the bench should be */
  async submit(labId: LabId, body: CommandBody): Promise<CommandResult> {
    commands += 1;
    const id = `bench-${commands}`;
    const result = await this.writer.submit({
      id,
      labId,
      tenantId,
      actorId: 'bench',
      face: 'graphql',
      commandText: null,
      correlationId: id,
      causationId: null,
      expectedVersion: null,
      body,
    });
    if (result.outcome.kind === 'refused') {
      throw new Error(`a command was refused: ${result.outcome.refusal.message}`);
    }
    return result;
  }

  async close(): Promise<void> {
    await this.writer.stop();
    await this.log.close();
  }
}

/** A fresh database with the schemas of log and read models, as the owner reaches it. */
export async function benchDatabase(postgres: TestPostgres): Promise<Connection> {
  const connection = await postgres.logDatabase();
  await withClient(connection, (client) => createReadSchema(client, 'read'));
  return connection;
}

/** A problem under a bench makes its numbers worthless. */
function fail(problem: string, cause?: Error | null): void {
  throw new Error(`the service had a problem: ${problem}`, { cause: cause ?? undefined });
}
