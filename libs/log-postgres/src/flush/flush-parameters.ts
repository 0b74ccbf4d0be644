import { netDelta } from '@netfold/application';
import type { FlushEntry, NewCommit, WriterClaim } from '@netfold/application';
import type { LabId } from '@netfold/contracts';
import type { Delta } from '@netfold/dataplane';
import {
  booleanArray,
  hexArray,
  int4Array,
  int8Array,
  jsonArray,
  textArray,
} from './binary-array.ts';

/**
 * Turns netted row changes and the versions they lead to into the argument of the read models:
 * texts that mean something to them alone.
 */
export type ChangesOf = (
  delta: Delta,
  labs: readonly { readonly labId: LabId; readonly version: number }[],
) => readonly string[];

/** How the row changes of a flush are written. */
export type Projection = {
  /** `null`: there are no read models in this database. */
  readonly changesOf: ChangesOf | null;
  /** These labs apart from the others, so that they may fail alone; `all` after a failure. */
  readonly single: ReadonlySet<LabId> | 'all';
};

/** What a flush does to one lab. */
type LabPart = {
  readonly labId: LabId;
  readonly before: number;
  readonly last: NewCommit;
  readonly entry: FlushEntry['lab'];
  readonly deltas: readonly Delta[];
  readonly behindBecause: string | null;
};

/** The parameters of `log.flush`, in its order. */
export function flushParameters(
  claim: WriterClaim,
  entries: readonly FlushEntry[],
  projection: Projection,
): readonly unknown[] {
  const parts = labParts(entries);
  const commits = entries.filter(({ commit }) => commit !== null).length;
  return [
    claim.partition,
    claim.epoch,
    claim.head,
    commits,
    ...entryParameters(entries),
    ...headParameters(parts),
    ...rowParameters(parts, projection),
  ];
}

function entryParameters(entries: readonly FlushEntry[]): readonly Buffer[] {
  const remembered = entries.map((entry) => entry.remembered);
  const commits = entries.map((entry) => entry.commit);
  return [
    textArray(remembered.map((it) => it.tenantId)),
    textArray(remembered.map((it) => it.commandId)),
    hexArray(remembered.map((it) => it.payloadHash)),
    textArray(remembered.map((it) => it.labId)),
    int8Array(remembered.map((it) => it.labVersion)),
    int8Array(remembered.map((it) => it.position)),
    int8Array(remembered.map((it) => it.labTime)),
    jsonArray(remembered.map((it) => JSON.stringify(it.outcome))),
    textArray(commits.map((it) => it?.correlationId ?? null)),
    textArray(commits.map((it) => it?.causationId ?? null)),
    textArray(commits.map((it) => it?.actorId ?? null)),
    textArray(commits.map((it) => it?.face ?? null)),
    textArray(commits.map((it) => it?.commandText ?? null)),
    int4Array(commits.map((it) => it?.schemaVersion ?? null)),
    jsonArray(commits.map((it) => it?.eventsText ?? null)),
    hexArray(commits.map((it) => it?.previousHash ?? null)),
    hexArray(commits.map((it) => it?.hash ?? null)),
  ];
}

function headParameters(parts: readonly LabPart[]): readonly Buffer[] {
  return [
    textArray(parts.map(({ labId }) => labId)),
    textArray(parts.map(({ last }) => last.tenantId)),
    textArray(parts.map(({ entry }) => entry.name)),
    int8Array(parts.map(({ before }) => before)),
    int8Array(parts.map(({ last }) => last.labVersion)),
    hexArray(parts.map(({ last }) => last.hash)),
    booleanArray(parts.map(({ entry }) => entry.isRemoved)),
  ];
}

function rowParameters(
  parts: readonly LabPart[],
  { changesOf, single }: Projection,
): readonly unknown[] {
  const projected = changesOf === null ? [] : parts;
  const behind = projected.filter((part) => part.behindBecause !== null);
  const current = projected.filter((part) => part.behindBecause === null);
  const alone = current.filter(({ labId }) => single === 'all' || single.has(labId));
  const together = current.filter((part) => !alone.includes(part));
  const changes = (of: readonly LabPart[]) => {
    // Every key begins with the lab: the changes of two labs never meet.
    const delta = of.flatMap(({ deltas }) => netDelta(deltas));
    const labs = of.map(({ labId, last }) => ({ labId, version: last.labVersion }));
    return changesOf?.(delta, labs) ?? [];
  };
  return [
    together.length === 0 ? null : textArray(changes(together)),
    textArray(together.map(({ labId }) => labId)),
    int8Array(together.map(({ before }) => before)),
    // Lists of different lengths: no array of PostgreSQL holds them, and these are rare.
    jsonArray(alone.map((part) => JSON.stringify(changes([part])))),
    textArray(alone.map(({ labId }) => labId)),
    int8Array(alone.map(({ before }) => before)),
    textArray(behind.map(({ labId }) => labId)),
    int8Array(behind.map(({ before }) => before)),
    textArray(behind.map(({ behindBecause }) => storable(behindBecause ?? ''))),
  ];
}

/** PostgreSQL's text holds no NUL. */
const storable = (text: string): string => text.replaceAll('\0', '\uFFFD');

function labParts(entries: readonly FlushEntry[]): readonly LabPart[] {
  const parts = new Map<LabId, LabPart>();
  for (const { commit, delta, behindBecause, lab } of entries) {
    if (commit === null) continue;
    const earlier = parts.get(commit.labId);
    const deltas = earlier?.deltas as Delta[] | undefined;
    if (delta !== null) deltas?.push(delta);
    parts.set(commit.labId, {
      labId: commit.labId,
      before: earlier?.before ?? commit.labVersion - 1,
      last: commit,
      entry: lab,
      deltas: deltas ?? (delta === null ? [] : [delta]),
      behindBecause: earlier?.behindBecause ?? behindBecause,
    });
  }
  return [...parts.values()];
}
