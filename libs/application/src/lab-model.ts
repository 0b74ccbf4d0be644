import type { Command, LabEvent, LabId, LabTime, TenantId } from '@netfold/contracts';
import type { Delta } from '@netfold/dataplane';
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
