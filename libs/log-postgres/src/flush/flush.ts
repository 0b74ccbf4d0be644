import type {
  Duplicate,
  FlushEntry,
  FlushResult,
  RememberedOutcome,
  WriterClaim,
} from '@netfold/application';
import type { LabId } from '@netfold/contracts';
import { NotConnected } from '../connection/writer-connection.ts';
import type { WriterConnection } from '../connection/writer-connection.ts';
import { headColumns, headOf, outcomeColumns, outcomeOf } from '../reading/rows.ts';
import type { HeadRow, OutcomeRow } from '../reading/rows.ts';
import { databaseFailure } from './database-failure.ts';
import { flushParameters } from './flush-parameters.ts';
import type { ChangesOf, Projection } from './flush-parameters.ts';

const parametersOfFlush = 4 + 17 + 7 + 9;
const placeholders = Array.from({ length: parametersOfFlush }, (_, index) => `$${index + 1}`);
const flushText = `select recorded_at_ms, behind from log.flush(${placeholders.join(', ')})`;

type FlushRow = {
  readonly recorded_at_ms: number | null;
  readonly behind: readonly LabId[] | null;
};

export type FlusherOptions = {
  readonly connection: WriterConnection;
  /** `null`: this database holds no read models. */
  readonly changesOf: ChangesOf | null;
  /** Labs whose rows are behind from now on; someone should look. */
  readonly onBehind: (labIds: readonly LabId[]) => void;
};

/** Sends flushes: one call of `log.flush` each, on the writer's own connection. */
export class Flusher {
  readonly #of: FlusherOptions;
  /** Labs whose rows were behind when last flushed: their changes go apart from the others. */
  #behind: ReadonlySet<LabId> = new Set();

  constructor(of: FlusherOptions) {
    this.#of = of;
  }

  async flush(claim: WriterClaim, entries: readonly FlushEntry[]): Promise<FlushResult> {
    try {
      return await this.#send(claim, entries, this.#behind);
    } catch (error) {
      if (databaseFailure(error).kind !== 'refused') return this.#failed(error, entries);
    }
    // Perhaps only the rows were refused: lab by lab, those park their lab and nothing fails.
    try {
      return await this.#send(claim, entries, 'all');
    } catch (error) {
      if (databaseFailure(error).kind !== 'refused') return this.#failed(error, entries);
      return this.#bisect(claim, entries, asError(error));
    }
  }

  async #send(
    claim: WriterClaim,
    entries: readonly FlushEntry[],
    single: Projection['single'],
  ): Promise<FlushResult> {
    const projection = { changesOf: this.#of.changesOf, single };
    const values = [...flushParameters(claim, entries, projection)];
    const query = { name: 'log.flush', text: flushText, values };
    const { rows } = await this.#of.connection.query<FlushRow>(query);
    const [row] = rows;
    if (row === undefined || row.recorded_at_ms === null) return { kind: 'fenced' };
    this.#note(entries, row.behind ?? []);
    return { kind: 'flushed', recordedAt: Math.round(row.recorded_at_ms) };
  }

  /** A lab of this flush that is not behind any more goes with the others again. */
  #note(entries: readonly FlushEntry[], behind: readonly LabId[]): void {
    if (behind.length === 0 && this.#behind.size === 0) return;
    const labIds = new Set(this.#behind);
    for (const { commit } of entries) if (commit !== null) labIds.delete(commit.labId);
    for (const labId of behind) labIds.add(labId);
    const fresh = behind.filter((labId) => !this.#behind.has(labId));
    this.#behind = labIds;
    if (fresh.length > 0) this.#of.onBehind(fresh);
  }

  async #failed(error: unknown, entries: readonly FlushEntry[]): Promise<FlushResult> {
    const cause = asError(error);
    if (error instanceof NotConnected) return { kind: 'unavailable', cause };
    try {
      switch (databaseFailure(error).kind) {
        case 'duplicate':
          return { kind: 'duplicate', duplicates: await this.#duplicates(entries) };
        case 'stale':
          return { kind: 'stale', labIds: await this.#staleLabs(entries) };
        case 'unavailable':
        case 'refused':
          return { kind: 'unavailable', cause };
        case 'unknown':
          return { kind: 'unknown', cause };
      }
    } catch (lookUpError) {
      // The flush was rolled back before this look-up failed.
      return { kind: 'unavailable', cause: asError(lookUpError) };
    }
  }

  async #duplicates(entries: readonly FlushEntry[]): Promise<readonly Duplicate[]> {
    const of = entries.map(({ remembered }) => remembered);
    const { rows } = await this.#of.connection.query<OutcomeRow>({
      text:
        `select ${outcomeColumns}` +
        ' from unnest($1::text[], $2::text[]) as e (tenant_id, command_id)' +
        ' join log.command_outcome using (tenant_id, command_id)',
      values: [of.map(({ tenantId }) => tenantId), of.map(({ commandId }) => commandId)],
    });
    const firsts = new Map(rows.map(outcomeOf).map((first) => [keyOf(first), first]));
    return of.flatMap((remembered, index) => {
      const first = firsts.get(keyOf(remembered));
      return first === undefined ? [] : [{ index, first }];
    });
  }

  async #staleLabs(entries: readonly FlushEntry[]): Promise<readonly LabId[]> {
    const before = new Map<LabId, number>();
    for (const { commit } of entries) {
      if (commit !== null && !before.has(commit.labId)) {
        before.set(commit.labId, commit.labVersion - 1);
      }
    }
    const { rows } = await this.#of.connection.query<HeadRow>({
      text: `select ${headColumns} from log.lab_head where lab_id = any ($1::text[])`,
      values: [[...before.keys()]],
    });
    const heads = new Map(rows.map(headOf).map((head) => [head.labId, head.version]));
    return [...before].flatMap(([labId, version]) =>
      (heads.get(labId) ?? 0) === version ? [] : [labId],
    );
  }

  /** Finds the first entry that the database refuses, by flushes that are rolled back. */
  async #bisect(
    claim: WriterClaim,
    entries: readonly FlushEntry[],
    cause: Error,
  ): Promise<FlushResult> {
    let accepted = 0;
    let refused = entries.length;
    try {
      while (refused - accepted > 1) {
        const half = Math.floor((accepted + refused) / 2);
        if (await this.#isRefused(claim, entries.slice(0, half))) refused = half;
        else accepted = half;
      }
    } catch (error) {
      return { kind: 'unavailable', cause: asError(error) };
    }
    return { kind: 'rejected', index: refused - 1, cause };
  }

  async #isRefused(claim: WriterClaim, entries: readonly FlushEntry[]): Promise<boolean> {
    const { connection } = this.#of;
    await connection.query({ text: 'begin' });
    try {
      const projection = { changesOf: this.#of.changesOf, single: 'all' } as const;
      const values = [...flushParameters(claim, entries, projection)];
      await connection.query({ name: 'log.flush', text: flushText, values });
      return false;
    } catch (error) {
      if (databaseFailure(error).kind !== 'refused') throw error;
      return true;
    } finally {
      await connection.query({ text: 'rollback' });
    }
  }
}

const keyOf = ({ tenantId, commandId }: RememberedOutcome): string => `${tenantId} ${commandId}`;

const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown));
