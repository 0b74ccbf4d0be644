import type { LabId, TenantId } from '@netfold/contracts';
import type { RowsByTable } from '@netfold/dataplane';
import { FoldReader } from './fold-reader.ts';
import type { LabReader, LabReaders, LabTables, Page, PageOf, ReadAt } from './lab-reader.ts';
import type { LabStates, LabVersion } from './lab-states.ts';
import { HotLabs } from './labs/hot-labs.ts';

/** The read models have not come as far as was asked for; ask again. */
export class ReadModelBehind extends Error {
  override readonly name = 'ReadModelBehind';
  readonly have: number;
  readonly want: number;

  constructor(have: number, want: number) {
    super(`the lab is at version ${have}, not yet at ${want}`);
    this.have = have;
    this.want = want;
  }
}

/** A version that the lab has not reached, or that is no version. */
export class VersionUnknown extends Error {
  override readonly name = 'VersionUnknown';
}

/** A query that demands a version waits for it so long: less than it may take as a whole (5 s). */
export const readWaitMs = 3_000;

/**
 * Chooses the adapter: the tables for now, the fold for any other version, for a lab that is
 * asked for again and again while nothing changes in it, and for a lab whose rows are behind its
 * facts (it is catching up, or its projection is parked).
 */
export class ReadersOfLabs implements LabReaders {
  readonly #states: LabStates;
  readonly #tables: LabTables;
  readonly #hot = new HotLabs();

  constructor(states: LabStates, tables: LabTables) {
    this.#states = states;
    this.#tables = tables;
  }

  async open(tenantId: TenantId, labId: LabId, at: ReadAt): Promise<LabReader | null> {
    const head = await this.#states.committed(labId);
    if (head === null || head.tenantId !== tenantId) return null;
    return at.kind === 'asOf'
      ? this.#openAsOf(head, at.version)
      : this.#openNow(head, at.atLeast ?? 0);
  }

  labs(tenantId: TenantId, page: Page, name?: string): Promise<PageOf<RowsByTable['lab']>> {
    return this.#tables.labs(tenantId, page, name);
  }

  async #openAsOf(head: LabVersion, version: number): Promise<LabReader> {
    if (!Number.isSafeInteger(version) || version < 0 || version > head.version) {
      throw new VersionUnknown(`the lab has versions 0 to ${head.version}`);
    }
    const state = await this.#states.at(head.labId, version);
    if (state === null) throw new VersionUnknown(`the lab has no version ${version}`);
    return this.#fold(state);
  }

  async #openNow(seen: LabVersion, atLeast: number): Promise<LabReader | null> {
    const head = atLeast > seen.version ? await this.#reach(seen, atLeast) : seen;
    if (head.lab.state !== 'active') return null;
    if (this.#hot.isHot(head)) return this.#fold(head);
    const tables = await this.#tables.open(head.tenantId, head.labId);
    if (tables !== null && tables.version >= head.version) return tables;
    await tables?.close();
    return this.#fold(head);
  }

  #fold(of: LabVersion): LabReader {
    return new FoldReader(of, this.#hot.rowsOf(of));
  }

  async #reach(seen: LabVersion, want: number): Promise<LabVersion> {
    const isReached = await this.#states.waitFor(seen.labId, want, readWaitMs);
    const head = await this.#states.committed(seen.labId);
    if (!isReached || head === null) throw new ReadModelBehind(head?.version ?? 0, want);
    return head;
  }
}
