import type * as Id from './ids.ts';
import type { OnHost } from './on-host.ts';

/** One address pool of a network, as decided. IPv4 and IPv6 pools stand in one list. */
export type NetworkPool = {
  readonly family: 4 | 6;
  /** CIDR as `inspect` shows it. */
  readonly subnet: string;
  /** The sub-pool that addresses are taken from, or empty. */
  readonly ipRange: string;
  /** Bare address, or empty where there is none. */
  readonly gateway: string;
  readonly auxAddresses: Readonly<Record<string, string>>;
  /** Whether `inspect` shows the gateway although the user gave none (a predefined pool). */
  readonly isPredefined: boolean;
  /** Whether the user gave the gateway. */
  readonly isGatewayGiven: boolean;
};

export type NetworkScope = 'local' | 'swarm';

export type NetworkEvent =
  | {
      readonly type: 'NetworkCreated';
      readonly data: OnHost & {
        readonly networkId: Id.NetworkId;
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
        readonly pools: readonly NetworkPool[];
        readonly options: Readonly<Record<string, string>>;
        readonly labels: Readonly<Record<string, string>>;
        readonly createdAt: Id.LabTime;
        /** The Linux bridge of a bridge network; `null` for drivers without one. */
        readonly bridge: {
          readonly name: string;
          readonly interfaceIndex: number;
          readonly mac: string;
        } | null;
        /** A link that a macvlan network made for itself (VLAN or dummy); absent: none. */
        readonly parentLink?: {
          readonly name: string;
          readonly interfaceIndex: number;
          readonly mac: string;
        };
        /** Which predefined pool was given last, after this network; `null`: unchanged. */
        readonly predefinedPoolCursor: number | null;
      };
    }
  /** A creation that failed later had been given predefined pools: the rotation went on. */
  | {
      readonly type: 'PredefinedPoolsPassed';
      readonly data: OnHost & { readonly cursor: number };
    }
  /** A creation that failed later forgot this pool: no network has it, and none can get it. */
  | {
      readonly type: 'PoolAbandoned';
      /** `ipRange` as typed, empty without one. */
      readonly data: OnHost & { readonly subnet: string; readonly ipRange: string };
    }
  | {
      readonly type: 'NetworkRemoved';
      /** `isPruned`: one of those that `prune` removed together. */
      readonly data: OnHost & { readonly networkId: Id.NetworkId; readonly isPruned?: boolean };
    };
