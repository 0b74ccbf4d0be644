import { partitionsMax } from '@netfold/application';
import type {
  NumberedOutcome,
  OutcomeFeed,
  PartitionHeads,
  Partitions,
  RelayCursors,
  RelayStream,
  WriterClaim,
} from '@netfold/application';
import { outcomeColumns, outcomeOf } from '../reading/rows.ts';
import type { OutcomeRow } from '../reading/rows.ts';

/** Sends a query to the log. @throws StoreUnavailable */
export type Rows = <R extends object>(text: string, values: unknown[]) => Promise<readonly R[]>;

/** What the services of a scaled installation ask of the log beside its commits. */
export class PostgresDistribution implements OutcomeFeed, RelayCursors, Partitions {
  readonly #rows: Rows;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  async readOutcomes(
    partition: number,
    afterSequence: number,
    limit: number,
  ): Promise<readonly NumberedOutcome[]> {
    const rows = await this.#rows<OutcomeRow & { readonly sequence: number }>(
      `select ${outcomeColumns}, sequence::float8 as sequence from log.command_outcome` +
        ' where partition = $1 and sequence > $2 order by command_outcome.sequence limit $3',
      [partition, afterSequence, limit],
    );
    return rows.map((row) => ({ ...outcomeOf(row), partition, sequence: row.sequence }));
  }

  heads(): Promise<readonly PartitionHeads[]> {
    return this.#rows<PartitionHeads>(
      'select partition, head::float8 as head, outcomes_head::float8 as "outcomesHead"' +
        ' from log.writer_partition order by partition',
      [],
    );
  }

  async position(partition: number, stream: RelayStream): Promise<number> {
    const [row] = await this.#rows<{ position: number }>(
      'select position::float8 as position from log.relay_cursor' +
        ' where partition = $1 and stream = $2',
      [partition, stream],
    );
    return row?.position ?? 0;
  }

  async advance(
    { partition, epoch }: Pick<WriterClaim, 'partition' | 'epoch'>,
    stream: RelayStream,
    from: number,
    to: number,
  ): Promise<boolean> {
    const [row] = await this.#rows<{ is_moved: boolean }>(
      'select log.advance_relay($1, $2, $3, $4, $5) as is_moved',
      [partition, epoch, stream, from, to],
    );
    return row?.is_moved === true;
  }

  /** Whether nobody has claimed the partition since. @throws StoreUnavailable */
  async isCurrent({
    partition,
    epoch,
  }: Pick<WriterClaim, 'partition' | 'epoch'>): Promise<boolean> {
    const rows = await this.#rows(
      'select from log.writer_partition where partition = $1 and epoch = $2',
      [partition, epoch],
    );
    return rows.length === 1;
  }

  async count(): Promise<number | null> {
    return (await this.#installation()).partitions;
  }

  async record(count: number): Promise<number> {
    if (!Number.isInteger(count) || count < 1 || count > partitionsMax) {
      throw new RangeError(`${count} partitions: there are 1 to ${partitionsMax}`);
    }
    const [row] = await this.#rows<{ recorded: number }>(
      'select log.record_partitions($1) as recorded',
      [count],
    );
    if (row === undefined) throw new Error('the number of partitions could not be recorded');
    return row.recorded;
  }

  async logEpoch(): Promise<string> {
    return (await this.#installation()).log_epoch;
  }

  async #installation(): Promise<{ partitions: number | null; log_epoch: string }> {
    const [row] = await this.#rows<{ partitions: number | null; log_epoch: string }>(
      'select partitions, log_epoch from log.installation',
      [],
    );
    if (row === undefined) throw new Error('the log does not say what installation it is of');
    return row;
  }
}
