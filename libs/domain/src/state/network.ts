import type { EndpointId, LabTime, NetworkId, NetworkPool, NetworkScope } from '@netfold/contracts';
import type { LearntNeighbour } from './learnt.ts';
import type { AddressPool } from '../pool/address-pool.ts';
import type { PersistentMap } from '../persistent/persistent-map.ts';

/** A network as one engine knows it. */
export type Network = {
  readonly id: NetworkId;
  readonly name: string;
  readonly driver: string;
  readonly scope: NetworkScope;
  readonly isInternal: boolean;
  readonly isAttachable: boolean;
  readonly isIngress: boolean;
  readonly isIPv6Enabled: boolean;
  readonly isConfigOnly: boolean;
  readonly configFrom: string;
  readonly ipamDriver: string;
  readonly ipamOptions: Readonly<Record<string, string>> | null;
  /** As decided; index-aligned with `addressPools`. */
  readonly pools: readonly NetworkPool[];
  /**
   * What is in use of each pool. Empty for swarm networks (their managers keep the addresses) and
   * for config-only ones. An IPv6 pool of a network without IPv6 is kept, but never used.
   */
  readonly addressPools: readonly AddressPool[];
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly createdAt: LabTime;
  readonly ordinal: number;
  readonly bridge: {
    readonly name: string;
    readonly interfaceIndex: number;
    readonly mac: string;
    /** A bridge has an IPv6 address of its own from its first member on. */
    readonly hasHadMember: boolean;
    /**
     * Address with length that a later network gave the bridge by naming it as its own: then the
     * first network's address and rules are gone, and no endpoint can be made on it any more, for
     * good. Else `null`.
     */
    readonly takenOverAddress: string | null;
  } | null;
  /** A link that a macvlan network made for itself (VLAN or dummy), and removes. */
  readonly parentLink: {
    readonly name: string;
    readonly interfaceIndex: number;
    readonly mac: string;
  } | null;
  readonly vnis: readonly number[];
  /** Endpoints on this host, in order of creation; value: the endpoint's id. */
  readonly endpointIds: PersistentMap<EndpointId, true>;
  /** How many of them are joined: a bridge without members has no carrier. */
  readonly joinedCount: number;
  /** What its bridge knows of neighbours; forgotten with its last member. Absent: nobody. */
  readonly neighbours?: readonly LearntNeighbour[];
};
