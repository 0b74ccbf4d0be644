import type { LabId, TenantId } from '@netfold/contracts';
import type { RowsByTable } from '@netfold/dataplane';
import { sleep } from '../environment/timers.ts';
import type { Timers } from '../environment/timers.ts';
import type { EventLog } from '../event-log.ts';
import { cursorOf, parseCursor } from '../page-cursor.ts';
import type { LabReader, LabTables, Page, PageOf } from '../lab-reader.ts';
import type { OutcomeFeed } from './outcome-feed.ts';
import type { ProjectedPositions } from './projection.ts';

/** A list waits so long for rows that are on their way; then it shows what there is. */
const listWaitMs = 1_000;
const pollMs = 10;

/**
 * Tables that another process builds. A list waits until they show what the log had when it was
 * asked for, so that who was just told of a lab finds it listed, by whichever process. Where the
 * tables stand still, one list waits in vain; those after it show at once what there is, until the
 * tables move, and a lab that is called by its name is looked up in the log. One lab is opened
 * as it is: who opens it compares versions.
 */
export class CaughtUpTables implements LabTables {
  readonly #tables: LabTables;
  readonly #feed: Pick<OutcomeFeed, 'heads'>;
  readonly #positions: ProjectedPositions;
  readonly #log: Pick<EventLog, 'labs'>;
  readonly #timers: Timers;
  readonly #onBehind: () => void;
  /** Where partitions stood after a list had waited for them in vain. */
  readonly #standing = new Map<number, number>();

  constructor(of: {
    readonly tables: LabTables;
    readonly feed: Pick<OutcomeFeed, 'heads'>;
    readonly positions: ProjectedPositions;
    readonly log: Pick<EventLog, 'labs'>;
    readonly timers: Timers;
    /** A list was answered although its rows were behind. */
    readonly onBehind: () => void;
  }) {
    this.#tables = of.tables;
    this.#feed = of.feed;
    this.#positions = of.positions;
    this.#log = of.log;
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
    if (!reached.includes(false)) return this.#tables.labs(tenantId, page, name);
    this.#onBehind();
    if (name === undefined) return this.#tables.labs(tenantId, page);
    return this.#labsNamed(name, tenantId, page);
  }

  /** From the log itself, which takes longer: a lab is called by its name also meanwhile. */
  async #labsNamed(
    name: string,
    tenantId: TenantId,
    { first, after }: Page,
  ): Promise<PageOf<RowsByTable['lab']>> {
    const [labIdAfter = ''] = after === null ? [] : parseCursor('lab', after);
    const rows: RowsByTable['lab'][] = [];
    for await (const head of this.#log.labs()) {
      const { labId } = head;
      if (head.tenantId !== tenantId || head.name !== name || head.isRemoved) continue;
      if (labId <= labIdAfter) continue;
      rows.push({ labId, tenantId, name, state: 'active' });
    }
    const shown = rows.slice(0, first);
    const cursors = shown.map((row) => cursorOf('lab', row));
    return { rows: shown, cursors, hasNext: rows.length > first };
  }

  async #reach(partition: number, head: number): Promise<boolean> {
    if (head === 0) return true;
    let position = await this.#positions.projectedPosition(partition);
    for (let waitedMs = 0; position < head && waitedMs < listWaitMs; waitedMs += pollMs) {
      if (this.#standing.get(partition) === position) return false;
      await sleep(this.#timers, pollMs);
      position = await this.#positions.projectedPosition(partition);
    }
    if (position < head) this.#standing.set(partition, position);
    else this.#standing.delete(partition);
    return position >= head;
  }
}
