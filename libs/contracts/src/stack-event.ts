import type { EndpointId, NetworkId } from './ids.ts';
import type { OnHost } from './on-host.ts';

/**
 * A link by its network stack and its index there. A stack is `''` (the host's own), a sandbox id,
 * or `netns/NAME` of one that `ip netns add` made.
 */
export type LinkPlace = { readonly namespace: string; readonly interfaceIndex: number };

/**
 * A link that is there, as it was found. `networkId` and `endpointId` say for what the engine made
 * it; `name` is the one that it has now.
 */
export type FoundLink = LinkPlace & {
  readonly name: string;
  readonly networkId: NetworkId | null;
  readonly endpointId: EndpointId | null;
};

export type HandMadeKind = 'bridge' | 'veth' | 'dummy';

/** A link that somebody asks for; the host counts its index. */
export type WantedLink = {
  readonly namespace: string;
  readonly name: string;
  readonly kind: HandMadeKind;
  readonly mac: string;
  readonly mtuBytes: number;
};

/** What `ip link set` sets; absent: as it is. */
export type LinkSetting = {
  readonly isUp?: boolean;
  readonly name?: string;
  readonly mac?: string;
  readonly mtuBytes?: number;
  /** The bridge in the same stack whose port it becomes; `null`: of none. */
  readonly master?: FoundLink | null;
};

export type HandMadeAddress = LinkPlace & {
  readonly family: 4 | 6;
  /** With prefix length. */
  readonly address: string;
  readonly broadcast: string | null;
  /** `br0:1`; absent: the link's name. */
  readonly label?: string;
};

export type HandMadeRoute = LinkPlace & {
  readonly family: 4 | 6;
  /** `default` or a CIDR. */
  readonly destination: string;
  readonly gateway: string | null;
  readonly scope: 'link' | 'global';
  readonly source: string | null;
  readonly metric: number;
};

/** A route by what no other one of its stack has. */
export type RoutePlace = Pick<
  HandMadeRoute,
  'namespace' | 'interfaceIndex' | 'family' | 'destination' | 'gateway' | 'metric'
>;

export type HandMadeNeighbour = LinkPlace & { readonly address: string; readonly mac: string };

/** One change of a host's network stacks that `ip`, `brctl`, `ifconfig` or `route` made. */
export type StackEdit =
  | { readonly kind: 'addNamespace'; readonly name: string }
  | { readonly kind: 'removeNamespace'; readonly name: string }
  | {
      readonly kind: 'addLink';
      readonly link: WantedLink;
      /** The other half of a pair. */
      readonly peer: WantedLink | null;
    }
  | { readonly kind: 'removeLink'; readonly link: FoundLink }
  | { readonly kind: 'setLink'; readonly link: FoundLink; readonly setting: LinkSetting }
  | { readonly kind: 'moveLink'; readonly link: FoundLink; readonly namespace: string }
  | { readonly kind: 'addAddress'; readonly link: FoundLink; readonly address: HandMadeAddress }
  | { readonly kind: 'removeAddress'; readonly link: FoundLink; readonly address: string }
  | { readonly kind: 'addRoute'; readonly link: FoundLink; readonly route: HandMadeRoute }
  | { readonly kind: 'removeRoute'; readonly link: FoundLink; readonly route: RoutePlace }
  | {
      readonly kind: 'setNeighbour';
      readonly link: FoundLink;
      readonly neighbour: HandMadeNeighbour;
    }
  | { readonly kind: 'removeNeighbour'; readonly link: FoundLink; readonly address: string }
  | {
      readonly kind: 'setParameter';
      readonly namespace: string;
      /** Below `/proc/sys`, with dots: `net.ipv4.ip_forward`. */
      readonly name: string;
      readonly value: string;
    };

type OnLink = OnHost & { readonly link: FoundLink };

/** A link with the index that its stack counted for it. */
export type IndexedLink = WantedLink & { readonly interfaceIndex: number };

/** Namespaces that a link of the host leads to from now on, by name: `link-netnsid`. */
type NumbersNamespaces = { readonly namespaceNumbers?: Readonly<Record<string, number>> };

export type StackEvent =
  | { readonly type: 'NamespaceAdded'; readonly data: OnHost & { readonly name: string } }
  | { readonly type: 'NamespaceRemoved'; readonly data: OnHost & { readonly name: string } }
  | {
      readonly type: 'LinkAdded';
      readonly data: OnHost &
        NumbersNamespaces & { readonly link: IndexedLink; readonly peer: IndexedLink | null };
    }
  | { readonly type: 'LinkRemoved'; readonly data: OnLink }
  | { readonly type: 'LinkConfigured'; readonly data: OnLink & { readonly setting: LinkSetting } }
  | {
      readonly type: 'LinkMoved';
      readonly data: OnLink & NumbersNamespaces & { readonly to: LinkPlace };
    }
  | { readonly type: 'AddressAdded'; readonly data: OnLink & { readonly address: HandMadeAddress } }
  | { readonly type: 'AddressRemoved'; readonly data: OnLink & { readonly address: string } }
  | { readonly type: 'RouteAdded'; readonly data: OnLink & { readonly route: HandMadeRoute } }
  | { readonly type: 'RouteRemoved'; readonly data: OnLink & { readonly route: RoutePlace } }
  | {
      readonly type: 'NeighbourSet';
      readonly data: OnLink & { readonly neighbour: HandMadeNeighbour };
    }
  | { readonly type: 'NeighbourRemoved'; readonly data: OnLink & { readonly address: string } }
  | {
      readonly type: 'KernelParameterSet';
      readonly data: OnHost & {
        readonly namespace: string;
        readonly name: string;
        readonly value: string;
      };
    };
