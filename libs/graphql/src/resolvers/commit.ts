import type { EventLog } from '@netfold/application';
import type { Commit, LabId } from '@netfold/contracts';
import { isGiven } from '../given.ts';
import { nodeId } from '../node-id.ts';
import type { LabScope } from '../request/lab-scope.ts';
import { connection, demandPageSize, indexCursor, parseIndex } from './connection.ts';
import type { Connection, PageArguments } from './connection.ts';
import { openLabObject } from './lab-object.ts';
import type { ResolverContext, ResolverParts } from './parts.ts';
import { toldTo } from './swarm-tokens.ts';

type CommitReader = Pick<EventLog, 'readLab'>;
export type CommitObject = { readonly __typename: 'Commit'; readonly commit: Commit };

const list = 'commits';

/** The version that a commit's cursor stands for: commits of a lab have no gap. */
export const versionOfCursor = (cursor: string): number => parseIndex(list, cursor);
const cursorOfVersion = (version: number): string => indexCursor(list, version);

export const commitObject = (commit: Commit): CommitObject => ({ __typename: 'Commit', commit });

export async function commitConnection(
  log: CommitReader,
  scope: LabScope,
  args: PageArguments,
): Promise<Connection<CommitObject>> {
  demandPageSize(args.first);
  const from = !isGiven(args.after) ? 0 : versionOfCursor(args.after);
  const to = Math.min(from + args.first, scope.version);
  const commits: Commit[] = [];
  if (from < to) for await (const one of log.readLab(scope.labId, from, to)) commits.push(one);
  const cursors = commits.map((commit) => cursorOfVersion(commit.labVersion));
  const page = { cursors, hasNext: to < scope.version };
  return connection(commits.map(commitObject), page, () => scope.version);
}

export async function commitAt(
  log: CommitReader,
  labId: LabId,
  version: number,
): Promise<CommitObject | null> {
  if (version < 1) return null;
  for await (const commit of log.readLab(labId, version - 1, version)) return commitObject(commit);
  return null;
}

/** The last version of a lab whose time is not later, by halving: time never goes back. */
export async function versionAtTime(
  log: CommitReader,
  labId: LabId,
  head: number,
  time: number,
): Promise<number> {
  let atOrBefore = 0;
  let after = head + 1;
  while (after - atOrBefore > 1) {
    const middle = Math.floor((atOrBefore + after) / 2);
    const found = await commitAt(log, labId, middle);
    if (found !== null && found.commit.labTime <= time) atOrBefore = middle;
    else after = middle;
  }
  return atOrBefore;
}

export const commitResolvers = (parts: ResolverParts) => ({
  id: ({ commit }: CommitObject) =>
    nodeId({ type: 'Commit', labId: commit.labId, version: null, key: [commit.labVersion] }),
  cursor: ({ commit }: CommitObject) => cursorOfVersion(commit.labVersion),
  lab: ({ commit }: CommitObject, _: unknown, context: ResolverContext) =>
    openLabObject(commit.labId, { kind: 'asOf', version: commit.labVersion }, context),
  position: ({ commit }: CommitObject) => commit.position,
  version: ({ commit }: CommitObject) => commit.labVersion,
  commandId: ({ commit }: CommitObject) => commit.commandId,
  correlationId: ({ commit }: CommitObject) => commit.correlationId,
  causationId: ({ commit }: CommitObject) => commit.causationId,
  actorId: ({ commit }: CommitObject) => commit.actorId,
  face: ({ commit }: CommitObject) => commit.face,
  commandText: async ({ commit }: CommitObject, _: unknown, context: ResolverContext) =>
    commit.commandText === null ? null : (await toldTo(parts, commit, context)).commandText,
  recordedAt: ({ commit }: CommitObject) => commit.recordedAt,
  labTime: ({ commit }: CommitObject) => commit.labTime,
  facts: async ({ commit }: CommitObject, _: unknown, context: ResolverContext) =>
    (await toldTo(parts, commit, context)).events,
  previousHash: ({ commit }: CommitObject) => commit.previousHash,
  hash: ({ commit }: CommitObject) => commit.hash,
});
