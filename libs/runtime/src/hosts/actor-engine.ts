import { systemClock } from '@netfold/application';
import type { Actor, LabStates } from '@netfold/application';
import type { HostName, LabId } from '@netfold/contracts';
import type { EngineContext } from '@netfold/docker-api';
import type { GraphqlParts } from '@netfold/graphql';
import type { Logger } from 'pino';

/** The engine of a host as an actor meets it: rights and quotas first. */
export const engineFor = (
  {
    gate,
    access,
    states,
    logger,
  }: Pick<GraphqlParts, 'gate' | 'access'> & { states: LabStates; logger: Logger },
  { actor, labId, host }: { actor: Actor; labId: LabId; host: HostName },
): EngineContext => ({
  host,
  labId,
  tenant: actor.tenantId,
  actor,
  states,
  clock: systemClock,
  gate: { submit: (request) => gate.submit(actor, request) },
  demand: (route) => access.demand(actor, { kind: 'docker', route, labId }),
  report: (error) => logger.error({ err: error }, 'request of a Docker client failed'),
});
