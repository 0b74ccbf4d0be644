import type { Swarm } from '../state/swarm.ts';

/** A leader stays so until it leaves or is demoted; then the manager that joined first follows. */
export function ledAnew(swarm: Swarm): Swarm {
  const leader = swarm.leaderId === null ? undefined : swarm.nodes.get(swarm.leaderId);
  if (leader?.role === 'manager' && leader.status === 'ready') return swarm;
  const next = [...swarm.nodes.values()].find(
    ({ role, status }) => role === 'manager' && status === 'ready',
  );
  return { ...swarm, leaderId: next?.id ?? null };
}
