/** A string that only its maker hands out: ids with different meanings cannot be swapped. */
export type Branded<Name extends string> = string & { readonly __brand?: Name };

/** `lab-` and 8 lowercase hex characters. One lab is one stream. */
export type LabId = Branded<'LabId'>;
/** A class or team. Locally it is `local`. */
export type TenantId = Branded<'TenantId'>;
/** Opaque; chosen by the client, unique per tenant. 1 to 128 printable ASCII characters. */
export type CommandId = Branded<'CommandId'>;
export type ActorId = Branded<'ActorId'>;
/** The name of a simulated machine within its lab; also its hostname. */
export type HostName = Branded<'HostName'>;
/** 64 lowercase hex characters (local networks) or 25 of base 36 (swarm networks). */
export type NetworkId = Branded<'NetworkId'>;
/** 64 lowercase hex characters. */
export type EndpointId = Branded<'EndpointId'>;
/** 64 lowercase hex characters. */
export type ContainerId = Branded<'ContainerId'>;
/** 64 lowercase hex characters; the sandbox key is `/var/run/docker/netns/` + the first 12. */
export type SandboxId = Branded<'SandboxId'>;
/** 64 lowercase hex characters. */
export type ExecId = Branded<'ExecId'>;
/** 25 characters of base 36, as swarmkit makes them (swarm, node, task, service, swarm network). */
export type SwarmObjectId = Branded<'SwarmObjectId'>;
/** Milliseconds since the Unix epoch, on the lab's own clock. */
export type LabTime = number;
