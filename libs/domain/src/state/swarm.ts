import type {
  HostName,
  LabTime,
  NetworkId,
  NetworkPool,
  SwarmObjectId,
} from '@netfold/contracts';
import type { PersistentMap } from '../persistent/persistent-map.ts';

/** A cluster of hosts of the lab, as its managers know it. */
export type Swarm = {
  readonly id: SwarmObjectId;
  readonly workerToken: string;
  readonly managerToken: string;
  readonly addressPools: readonly string[];
  readonly subnetSize: number;
  readonly createdAt: LabTime;
  readonly nodes: PersistentMap<SwarmObjectId, SwarmNode>;
  readonly networks: PersistentMap<NetworkId, SwarmNetwork>;
  /** VNIs are given in order and never again. 4096 is ingress. */
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
};

export type SwarmNetwork = {
  readonly id: NetworkId;
  readonly name: string;
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
  /** Address (bare) in use to what holds it: a task id, or `lb/<host>`. */
  readonly addresses: PersistentMap<string, string>;
  /** The address given last: the manager goes on from there and wraps. */
  readonly lastAddress: string;
  /** Task id of each container attached by hand, by container id. */
  readonly tasks: PersistentMap<string, { readonly taskId: SwarmObjectId; readonly host: HostName }>;
};
