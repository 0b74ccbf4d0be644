import type { EndpointId, HostName, LabTime, NetworkId } from './ids.ts';

/**
 * The link that learnt something: an endpoint's own end, the bridge of a network, or a NIC of the
 * host by its name.
 */
export type LearningLink =
  | { readonly kind: 'endpoint'; readonly host: HostName; readonly id: EndpointId }
  | { readonly kind: 'bridge'; readonly host: HostName; readonly id: NetworkId }
  | { readonly kind: 'nic'; readonly host: HostName; readonly id: string }
  /** One that somebody made by hand: its stack and its index there, `netns/red 2`. */
  | { readonly kind: 'handMade'; readonly host: HostName; readonly id: string };

/** What a link came to know of a neighbour (ARP, neighbour discovery). */
export type NeighbourSeen = {
  readonly link: LearningLink;
  readonly address: string;
  /** `null` when nobody answered and none was known. */
  readonly mac: string | null;
  /** It asked and was answered, it was asked by the neighbour, or nobody answered. */
  readonly how: 'answered' | 'heard' | 'unanswered';
};

/** A bridge's port: the one that an endpoint's pair ends in, or the VTEP of an overlay. */
export type LearningPort =
  | { readonly kind: 'endpoint'; readonly host: HostName; readonly id: EndpointId }
  | { readonly kind: 'vtep'; readonly host: HostName; readonly id: NetworkId }
  | { readonly kind: 'handMade'; readonly host: HostName; readonly id: string };

/** Frames of this MAC came in at a bridge's port. */
export type StationSeen = { readonly port: LearningPort; readonly mac: string };

/** What packets taught the tables of the lab's hosts. */
export type Traffic = {
  readonly neighbours: readonly NeighbourSeen[];
  readonly stations: readonly StationSeen[];
};

/** Ages by lab time from `at` on; how old it is says only who prints it. */
export type TrafficEvent = {
  readonly type: 'TrafficSeen';
  readonly data: Traffic & { readonly at: LabTime };
};
