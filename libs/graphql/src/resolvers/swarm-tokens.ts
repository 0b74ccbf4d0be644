import type { Actor } from '@netfold/application';
import type { Commit, LabId } from '@netfold/contracts';
import type { RowObject } from './object.ts';
import type { ResolverContext, ResolverParts } from './parts.ts';

/** As the engine prints them; whoever has one may join a host to the swarm. */
const tokenPattern = /SWMTKN-1-[0-9a-z]+-[0-9a-z]+/g;
const hidden = 'SWMTKN-1-hidden';

/** Tokens are for who may also remove the lab: its owner, instructors and operators. */
const maySeeTokens = (parts: ResolverParts, actor: Actor, labId: LabId): Promise<boolean> =>
  parts.access.isAllowed(actor, { kind: 'graphql', field: 'Mutation.labRemove', labId });

/** The swarm's tokens as they are now; `null` for who may not see them, and outside a swarm. */
export const swarmResolvers = (parts: ResolverParts) => ({
  SwarmMembership: {
    joinTokens: async (
      { labId, swarmId }: { readonly labId: LabId; readonly swarmId: string | null },
      _: unknown,
      { request: { actor } }: ResolverContext,
    ) => {
      if (swarmId === null || !(await maySeeTokens(parts, actor, labId))) return null;
      const lab = (await parts.states.committed(labId))?.lab;
      const swarm = lab?.state === 'active' ? lab.swarms.get(swarmId) : undefined;
      if (swarm === undefined) return null;
      return { worker: swarm.workerToken, manager: swarm.managerToken };
    },
  },
});

export const swarmOf = ({ scope, row }: RowObject<'Host'>) => ({
  labId: scope.labId,
  state: row.swarmState,
  role: row.swarmRole,
  swarmId: row.swarmId,
  nodeId: row.nodeId,
});

type Told = Pick<Commit, 'events' | 'commandText'>;

/** A commit's facts and line as the actor may see them. */
export async function toldTo(
  parts: ResolverParts,
  commit: Commit,
  { request: { actor } }: ResolverContext,
): Promise<Told> {
  const told: Told = { events: commit.events, commandText: commit.commandText };
  const text = JSON.stringify(told);
  if (text.search(tokenPattern) < 0) return told;
  if (await maySeeTokens(parts, actor, commit.labId)) return told;
  return JSON.parse(text.replace(tokenPattern, hidden)) as Told;
}
