import type {
  HostName,
  LabTime,
  NetworkId,
  NetworkPool,
  NodeAvailability,
  SwarmObjectId,
  SwarmSettings,
} from '@netfold/contracts';
import type { AddressPool } from '../pool/address-pool.ts';
import type { PersistentMap } from '../persistent/persistent-map.ts';

/** A cluster of hosts of the lab, as its managers know it. */
export type Swarm = {
  readonly id: SwarmObjectId;
  readonly workerToken: string;
  readonly managerToken: string;
  readonly addressPools: readonly string[];
  readonly subnetSize: number;
  readonly createdAt: LabTime;
  readonly settings: SwarmSettings;
  /** With it managers unlock themselves after a restart; `null`: they do not lock themselves. */
  readonly unlockKey: string | null;
  /** Moves on with every update: an update of an older version is refused. */
  readonly version: number;
  readonly nodes: PersistentMap<SwarmObjectId, SwarmNode>;
  /** The manager that leads; `null`: none is left that could. */
  readonly leaderId: SwarmObjectId | null;
  readonly networks: PersistentMap<NetworkId, SwarmNetwork>;
  /** Index of the swarm's pool given last; -1 before any. Rotation starts after it. */
  readonly poolCursor: number;
  /** VNIs are given in order and not again soon. 4096 is ingress. */
  readonly nextVni: number;
};

export type SwarmNode = {
  readonly id: SwarmObjectId;
  readonly host: HostName;
  readonly role: 'manager' | 'worker';
  readonly address: string;
  readonly peerName: string;
  readonly joinedAt: LabTime;
  readonly status: 'ready' | 'down';
  readonly availability: NodeAvailability;
  readonly labels: Readonly<Record<string, string>>;
  /** Moves on with every update: an update of an older version is refused. */
  readonly version: number;
};

export type SwarmNetwork = {
  readonly id: NetworkId;
  readonly name: string;
  readonly driver: string;
  readonly isInternal: boolean;
  readonly isAttachable: boolean;
  readonly isIngress: boolean;
  readonly isIPv6Enabled: boolean;
  readonly isEncrypted: boolean;
  readonly ipamDriver: string;
  readonly ipamOptions: Readonly<Record<string, string>> | null;
  readonly pools: readonly NetworkPool[];
  readonly vnis: readonly number[];
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly createdAt: LabTime;
  /** What is in use of each pool, as the managers keep it; index-aligned with `pools`. */
  readonly addressPools: readonly AddressPool[];
  /** Address (bare) in use to what holds it: a task id, or `lb/<host>`. */
  readonly addresses: PersistentMap<string, string>;
  /** The address given last: the managers go on from there and wrap. Empty before the first. */
  readonly lastAddress: string;
  /** Task id of each container attached by hand, by container id. */
  readonly tasks: PersistentMap<
    string,
    { readonly taskId: SwarmObjectId; readonly host: HostName }
  >;
};
