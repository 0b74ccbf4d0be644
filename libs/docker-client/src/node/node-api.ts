import { ClientError } from '../command/client-error.ts';
import type { Engine } from '../command/engine.ts';
import { refusalOf } from '../command/each.ts';
import { objectPath } from '../command/object-path.ts';
import { swarmInfoOf } from '../swarm/swarm-api.ts';

type TlsInfo = {
  readonly TrustRoot?: string;
  readonly CertIssuerSubject?: string;
  readonly CertIssuerPublicKey?: string;
};

export type NodeSpec = {
  readonly Name?: string;
  readonly Labels: Readonly<Record<string, string>> | null;
  readonly Role: string;
  readonly Availability: string;
};

export type SwarmNode = {
  readonly ID: string;
  readonly Version: { readonly Index: number };
  readonly CreatedAt: string;
  readonly Spec: NodeSpec;
  readonly Description: {
    readonly Hostname: string;
    readonly Platform: { readonly Architecture: string; readonly OS: string };
    readonly Resources: { readonly NanoCPUs?: number; readonly MemoryBytes?: number };
    readonly Engine: {
      readonly EngineVersion: string;
      readonly Labels?: Readonly<Record<string, string>>;
      readonly Plugins?: readonly { readonly Type: string; readonly Name: string }[];
    };
    readonly TLSInfo?: TlsInfo;
  };
  readonly Status: { readonly State: string; readonly Message?: string; readonly Addr?: string };
  readonly ManagerStatus?: {
    readonly Leader?: boolean;
    readonly Reachability?: string;
    readonly Addr?: string;
  } | null;
};

/** The answer of the engine, as it came. @throws ClientError */
export const nodeText = (engine: Engine, reference: string): string => {
  const reply =
    reference === ''
      ? null
      : engine.reply({ method: 'GET', path: objectPath(`/nodes/${reference}`) });
  if (reply === null) throw new ClientError('Error: No such node: ');
  if (reply.status >= 400) throw new ClientError(refusalOf(reply, 'node', reference));
  return reply.text;
};

/** @throws ClientError */
export const nodeOf = (engine: Engine, reference: string): SwarmNode =>
  JSON.parse(nodeText(engine, reference)) as SwarmNode;

/**
 * The id behind `self`; any other reference is as it is.
 *
 * @throws ClientError
 * @source docker/cli v20.10 cli/command/node/cmd.go Reference
 */
export const resolveSelf = (engine: Engine, reference: string): string => {
  if (reference !== 'self') return reference;
  const { NodeID } = swarmInfoOf(engine);
  if (NodeID !== '') return NodeID;
  // A host in no swarm says why when it is asked for the nodes of one.
  engine.get('/nodes');
  throw new ClientError('node ID not found in /info');
};
