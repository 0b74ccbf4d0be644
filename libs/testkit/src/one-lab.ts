import { FoldReader, VersionUnknown } from '@netfold/application';
import type {
  CommandGate,
  CommandRequest,
  CommandResult,
  LabReader,
  LabReaders,
  LabStates,
  LabVersion,
  PageOf,
  ReadAt,
} from '@netfold/application';
import type { Commit, LabId } from '@netfold/contracts';
import type { RowsByTable } from '@netfold/dataplane';
import { MemoryLab } from './memory-lab.ts';

/** A lab of the real domain in memory, read by the fold: all that a face asks of labs. */
export class OneLab implements LabReaders, LabStates, CommandGate {
  readonly #lab: MemoryLab;

  constructor(labId: LabId, clock: () => number) {
    this.#lab = new MemoryLab(labId, clock);
  }

  submit(request: CommandRequest): Promise<CommandResult> {
    return this.#lab.submit(request);
  }

  committed(labId: LabId): Promise<LabVersion | null> {
    return this.#lab.committed(labId);
  }

  at(labId: LabId, version: number): Promise<LabVersion | null> {
    return this.#lab.at(labId, version);
  }

  waitFor(labId: LabId, version: number, timeoutMs: number): Promise<boolean> {
    return this.#lab.waitFor(labId, version, timeoutMs);
  }

  follow(labId: LabId, afterVersion: number, signal: AbortSignal): AsyncIterable<Commit> {
    return this.#lab.follow(labId, afterVersion, signal);
  }

  async open(_tenantId: string, labId: LabId, at: ReadAt): Promise<LabReader | null> {
    const head = await this.#lab.committed(labId);
    if (head === null) return null;
    const version = at.kind === 'asOf' ? at.version : head.version;
    const found = await this.#lab.at(labId, version);
    if (found === null) throw new VersionUnknown(`the lab has versions 0 to ${head.version}`);
    return new FoldReader(found);
  }

  async labs(): Promise<PageOf<RowsByTable['lab']>> {
    const { labId } = this.#lab;
    const reader = await this.open('local', labId, { kind: 'now', atLeast: null });
    const rows = (await reader?.rows('lab', {})) ?? [];
    return { rows, cursors: rows.map((row) => row.labId), hasNext: false };
  }

  async *readLab(
    _labId: LabId,
    afterVersion: number,
    upTo: number | null,
  ): AsyncGenerator<Commit, void, undefined> {
    yield* this.#lab.commits.slice(afterVersion, upTo ?? undefined);
  }

  close(): void {
    this.#lab.close();
  }
}
