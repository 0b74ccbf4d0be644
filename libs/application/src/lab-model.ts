import type { Command, LabEvent, LabId, LabTime, TenantId } from '@netfold/contracts';
import { deltaOf } from '@netfold/dataplane';
import type { Delta } from '@netfold/dataplane';
import { decide, decodeLab, dueAt, encodeLab, evolveAll, initial } from '@netfold/domain';
import type { Decision, Lab } from '@netfold/domain';

/** Which two states of which lab, and the facts between them. */
export type Change = {
  readonly labId: LabId;
  readonly tenantId: TenantId;
  readonly before: Lab;
  readonly after: Lab;
  readonly events: readonly LabEvent[];
};

/**
 * The pure core as the use cases call it. One value in production;
 * simulations plant their faults by giving another.
 */
export type LabModel = {
  readonly initial: Lab;
  decide(lab: Lab, command: Command): Decision;
  evolveAll(lab: Lab, events: readonly LabEvent[]): Lab;
  /** When something happens next by itself; `null` for never. */
  dueAt(lab: Lab): LabTime | null;
  deltaOf(change: Change): Delta;
  encodeLab(lab: Lab): unknown;
  decodeLab(json: unknown): Lab;
  /** How much the state holds: hosts, networks, containers, endpoints; at least 1. */
  thingsOf(lab: Lab): number;
};

/** The pure core itself. */
export const labModel: LabModel = {
  initial,
  decide,
  evolveAll,
  dueAt,
  deltaOf: ({ labId, tenantId, before, after, events }) =>
    deltaOf(labId, tenantId, before, after, events),
  encodeLab,
  decodeLab,
  thingsOf,
};

/** Hosts, networks, containers and endpoints, and the lab itself. */
export function thingsOf(lab: Lab): number {
  if (lab.state !== 'active') return 1;
  let things = 1;
  for (const { networks, containers, endpoints } of lab.hosts.values()) {
    things += 1 + networks.size + containers.size + endpoints.size;
  }
  return things;
}
