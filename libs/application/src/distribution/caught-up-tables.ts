import type { LabId, TenantId } from '@netfold/contracts';
import type { RowsByTable } from '@netfold/dataplane';
import { sleep } from '../environment/timers.ts';
import type { Timers } from '../environment/timers.ts';
import type { LabReader, LabTables, Page, PageOf } from '../lab-reader.ts';
import type { OutcomeFeed } from './outcome-feed.ts';
import type { ProjectedPositions } from './projection.ts';

/** A list waits so long for rows that are on their way; then it shows what there is. */
const listWaitMs = 1_000;
const pollMs = 10;

/**
 * Tables that another process builds. A list waits until they show what the log had when it was
 * asked for, so that who was just told of a lab finds it listed, by whichever process; while
 * the tables stand still, lists go on as of where they stand. One lab is opened as it is: who
 * opens it compares versions.
 */
export class CaughtUpTables implements LabTables {
  readonly #tables: LabTables;
  readonly #feed: Pick<OutcomeFeed, 'heads'>;
  readonly #positions: ProjectedPositions;
  readonly #timers: Timers;
  readonly #onBehind: () => void;

  constructor(of: {
    readonly tables: LabTables;
    readonly feed: Pick<OutcomeFeed, 'heads'>;
    readonly positions: ProjectedPositions;
    readonly timers: Timers;
    /** A list was answered although its rows were behind. */
    readonly onBehind: () => void;
  }) {
    this.#tables = of.tables;
    this.#feed = of.feed;
    this.#positions = of.positions;
    this.#timers = of.timers;
    this.#onBehind = of.onBehind;
  }

  open(tenantId: TenantId, labId: LabId): Promise<LabReader | null> {
    return this.#tables.open(tenantId, labId);
  }

  async labs(tenantId: TenantId, page: Page, name?: string): Promise<PageOf<RowsByTable['lab']>> {
    const heads = await this.#feed.heads();
    const reached = await Promise.all(
      heads.map(({ partition, head }) => this.#reach(partition, head)),
    );
    if (reached.includes(false)) this.#onBehind();
    return this.#tables.labs(tenantId, page, name);
  }

  async #reach(partition: number, head: number): Promise<boolean> {
    for (let waitedMs = 0; waitedMs <= listWaitMs; waitedMs += pollMs) {
      if (head === 0 || (await this.#positions.projectedPosition(partition)) >= head) return true;
      await sleep(this.#timers, pollMs);
    }
    return false;
  }
}
