import type { Actor, CommandGate } from '@netfold/application';
import { localOperator, localTenant } from '@netfold/auth';
import type { Logger } from 'pino';
import type { Access } from '../accounts/access.ts';
import { DockerDoor } from '../hosts/docker-door.ts';
import { EndpointsGate } from '../hosts/endpoints-gate.ts';
import { HostEndpoints } from '../hosts/host-endpoints.ts';
import { graphqlParts } from '../http/graphql-parts.ts';
import { NetfoldModule } from '../http/netfold.module.ts';
import { startHttp } from '../http/start-http.ts';
import type { HttpAddress } from '../http/start-http.ts';
import type { LabCore } from '../labs/lab-core.ts';
import type { Started } from '../process/started.ts';
import type { DoorSettings } from '../settings/docker-tls.ts';

/** Whoever can open the sockets of the hosts: the person who started the server. */
const localActor: Actor = {
  id: localOperator,
  tenantId: localTenant,
  role: 'operator',
  scopes: null,
  labIds: null,
};

export type Faces = {
  readonly url: string;
  readonly endpoints: HostEndpoints;
  /** `tcp://NAME:PORT` of the TLS listener for Docker clients; `null`: there is none. */
  readonly dockerTls: string | null;
};

/** Opens what users see: GraphQL, health and metrics by HTTP, a Docker endpoint per lab host. */
export async function openFaces(
  of: {
    readonly core: LabCore;
    readonly access: Access;
    /** Folder of the sockets of the hosts. */
    readonly sockets: string;
    readonly http: HttpAddress & { readonly behindProxy?: readonly string[] };
    /** The TLS listener for Docker clients; `null`: none is wanted. */
    readonly door: DoorSettings | null;
    readonly logger: Logger;
    /** What the gate of the core is wrapped in. */
    readonly gateOf: (gate: CommandGate) => CommandGate;
  },
  started: Started,
): Promise<Faces> {
  const { core, access, logger } = of;
  const gate = of.gateOf(new EndpointsGate(core.gate, () => endpoints));
  const endpoints = new HostEndpoints({
    folder: of.sockets,
    // The same way as every other face's: rights and quotas first.
    gate: { submit: (request) => graphql.gate.submit(localActor, request) },
    access: { demand: (actor, request) => graphql.access.demand(actor, request) },
    states: core.states,
    actor: localActor,
  });
  started.add(() => endpoints.close());
  const hosts = of.http.behindProxy ?? [];
  const graphql = graphqlParts({
    core,
    gate,
    access,
    endpoints,
    logger,
    hosts,
    door: () => door,
  });
  const { authenticator } = access;
  const door =
    of.door === null
      ? null
      : await DockerDoor.open(of.door, { graphql, authenticator, states: core.states, logger });
  if (door !== null) started.add(() => door.close());
  const readiness = { problem: () => core.problem() };
  const http = await startHttp(
    NetfoldModule.forRoot({ graphql, metrics: core.metrics, readiness }),
    of.http,
  );
  started.add(() => http.close());
  for await (const { labId, isRemoved } of core.log.labs()) {
    if (!isRemoved) await endpoints.sync(labId);
  }
  return { url: http.url, endpoints, dockerTls: door?.url ?? null };
}
