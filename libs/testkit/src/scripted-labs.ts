import type {
  CommandGate,
  CommandRequest,
  CommandResult,
  LabReader,
  LabReaders,
  LabStates,
  LabVersion,
  Page,
  PageOf,
  ReadAt,
} from '@netfold/application';
import { cursorOf, VersionUnknown } from '@netfold/application';
import type { Commit, LabId, TenantId } from '@netfold/contracts';
import type { RowsByTable } from '@netfold/dataplane';
import { RowReader } from './row-reader.ts';
import type { GivenRows } from './row-reader.ts';

type GivenLab = {
  readonly labId: LabId;
  readonly tenantId: TenantId;
  /** Index: the version. */
  readonly versions: readonly GivenRows[];
};

/** Labs whose rows, commits and answers a test has written down: for tests of faces. */
export class ScriptedLabs implements LabReaders, LabStates, CommandGate {
  readonly opened: RowReader[] = [];
  readonly submitted: CommandRequest[] = [];
  /** What the next commands answer; by default they are accepted and change nothing. */
  readonly answers: ((request: CommandRequest) => Partial<CommandResult>)[] = [];
  readonly commits: Commit[] = [];
  readonly #labs = new Map<LabId, GivenLab>();

  give(lab: GivenLab): void {
    this.#labs.set(lab.labId, lab);
  }

  open(tenantId: TenantId, labId: LabId, at: ReadAt): Promise<LabReader | null> {
    const lab = this.#labs.get(labId);
    if (lab === undefined || lab.tenantId !== tenantId) return Promise.resolve(null);
    const version = at.kind === 'asOf' ? at.version : lab.versions.length - 1;
    const rows = lab.versions[version];
    if (rows === undefined) throw new VersionUnknown(`no version ${version}`);
    const reader = new RowReader(labId, version, rows);
    this.opened.push(reader);
    return Promise.resolve(reader);
  }

  labs(
    tenantId: TenantId,
    { first, after }: Page,
    name?: string,
  ): Promise<PageOf<RowsByTable['lab']>> {
    const mine = [...this.#labs.values()].filter((lab) => lab.tenantId === tenantId);
    const all = mine
      .flatMap((lab) => lab.versions.at(-1)?.lab ?? [])
      .filter((row) => name === undefined || row.name === name);
    const sorted = all.toSorted((a, b) => (a.labId < b.labId ? -1 : 1));
    const start =
      after === null ? 0 : sorted.findIndex((row) => cursorOf('lab', row) === after) + 1;
    const rows = sorted.slice(start, start + first);
    const cursors = rows.map((row) => cursorOf('lab', row));
    return Promise.resolve({ rows, cursors, hasNext: start + first < sorted.length });
  }

  submit(request: CommandRequest): Promise<CommandResult> {
    this.submitted.push(request);
    const result: CommandResult = {
      commandId: request.id,
      labId: request.labId,
      outcome: { kind: 'accepted', answer: { ids: {}, warnings: [] } },
      labVersion: (this.#labs.get(request.labId)?.versions.length ?? 1) - 1,
      position: null,
      labTime: 0,
      effects: [],
      isRepeat: false,
    };
    return Promise.resolve({ ...result, ...this.answers.shift()?.(request) });
  }

  committed(labId: LabId): Promise<LabVersion | null> {
    const lab = this.#labs.get(labId);
    if (lab === undefined) return Promise.resolve(null);
    const [row] = lab.versions.at(-1)?.lab ?? [];
    const state = { state: 'active', name: row?.name ?? '', hosts: hostsOf(lab) };
    const version = lab.versions.length - 1;
    return Promise.resolve({ ...lab, version, lab: state as unknown as LabVersion['lab'] });
  }

  at(labId: LabId): Promise<LabVersion | null> {
    return this.committed(labId);
  }

  async waitFor(labId: LabId, version: number): Promise<boolean> {
    return ((await this.committed(labId))?.version ?? 0) >= version;
  }

  async *follow(
    labId: LabId,
    afterVersion: number,
    signal: AbortSignal,
  ): AsyncGenerator<Commit, void, undefined> {
    for (const commit of this.commits) {
      if (signal.aborted) return;
      if (commit.labId === labId && commit.labVersion > afterVersion) yield commit;
    }
  }

  async *readLab(
    labId: LabId,
    afterVersion: number,
    upTo: number | null,
  ): AsyncGenerator<Commit, void, undefined> {
    for (const commit of this.commits) {
      const isWanted = commit.labVersion > afterVersion && commit.labVersion <= (upTo ?? Infinity);
      if (commit.labId === labId && isWanted) yield commit;
    }
  }
}

const hostsOf = (lab: GivenLab): ReadonlySet<string> =>
  new Set(lab.versions.at(-1)?.host?.map((row) => row.host));
