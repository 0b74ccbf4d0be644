import { randomUUID } from 'node:crypto';
import {
  AccountAdministration,
  GuardedGate,
  GuardedReaders,
  LabAccess,
  localQuotas,
  runHostShell,
  sleep,
  systemClock,
  systemTimers,
} from '@netfold/application';
import type { CommandGate } from '@netfold/application';
import type { CommandBody } from '@netfold/contracts';
import { askEngine } from '@netfold/docker-api';
import type { GraphqlParts } from '@netfold/graphql';
import { loopbackHosts } from '@netfold/graphql';
import type { Access } from '../accounts/access.ts';
import { engineFor } from '../hosts/actor-engine.ts';
import type { DockerDoor } from '../hosts/docker-door.ts';
import type { HostEndpoints } from '../hosts/host-endpoints.ts';
import type { LabCore } from '../labs/lab-core.ts';
import type { Logger } from 'pino';

/** What the GraphQL face is made of. */
export function graphqlParts(of: {
  readonly core: LabCore;
  readonly gate: CommandGate;
  readonly access: Access;
  readonly endpoints: HostEndpoints;
  /** The TLS listener for Docker clients, once it is open; `null`: there is none. */
  readonly door: () => DockerDoor | null;
  readonly logger: Logger;
  /** By which a proxy in front is called, besides the names of loopback. */
  readonly hosts: readonly string[];
}): GraphqlParts {
  const { states, readers, log } = of.core;
  const { accounts, memberships, authenticator } = of.access;
  const labAccess = new LabAccess(states, memberships);
  const quotas = localQuotas;
  const clock = systemClock;
  const desk = { memberships, readers, log, quotas, clock };
  const guarded = new GuardedGate({ ...desk, gate: of.gate, access: labAccess });
  return {
    ...desk,
    states,
    accounts,
    authenticator,
    gate: guarded,
    access: labAccess,
    guardedReaders: new GuardedReaders(readers, states, labAccess),
    administration: new AccountAdministration({ accounts, memberships, quotas, clock }),
    newCommandId: randomUUID,
    dockerHostOf: (labId, host) => of.endpoints.dockerHostOf(labId, host),
    hostCertificate: async (wish) => (await of.door()?.certificateFor(wish)) ?? 'noDoor',
    hostShell: async ({ actor, labId, host, argv, traceparent }) => {
      const submit = (body: CommandBody, expectedVersion: number | null) =>
        guarded.submit(actor, {
          id: randomUUID(),
          labId,
          tenantId: actor.tenantId,
          actorId: actor.id,
          face: 'graphql',
          commandText: argv.join(' '),
          correlationId: randomUUID(),
          causationId: null,
          expectedVersion,
          body,
          ...(traceparent === null ? {} : { traceparent }),
        });
      const engine = engineFor(
        { gate: guarded, access: labAccess, states, logger: of.logger },
        { actor, labId, host },
      );
      const wait = (delayMs: number): Promise<void> => sleep(systemTimers, delayMs);
      const shell = { states, clock, wait, submit, askEngine: askEngine(engine) };
      const run = await runHostShell(shell, { labId, host }, argv);
      return run ?? { stdout: '', stderr: `netfold: no host ${host}\n`, exitCode: 1 };
    },
    border: { hosts: [...loopbackHosts, ...of.hosts] },
    hasGraphiql: true,
    report: (fault, requestId) => of.logger.error({ err: fault, requestId }, 'request failed'),
  };
}
