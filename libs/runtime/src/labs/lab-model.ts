import type { LabModel } from '@netfold/application';
import { deltaOf } from '@netfold/dataplane';
import { decide, decodeLab, dueAt, encodeLab, evolveAll, initial } from '@netfold/domain';
import type { Lab } from '@netfold/domain';

/** The pure core as the use cases call it. */
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

function thingsOf(lab: Lab): number {
  if (lab.state !== 'active') return 1;
  let things = 1;
  for (const { networks, containers, endpoints } of lab.hosts.values()) {
    things += 1 + networks.size + containers.size + endpoints.size;
  }
  return things;
}
