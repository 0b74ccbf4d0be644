import type { EndpointId, NetworkId } from './ids.ts';
import type { OnHost } from './on-host.ts';

/** A chain of the host's own network stack. */
export type FirewallChain = {
  readonly family: 4 | 6;
  readonly table: 'filter' | 'nat';
  readonly chain: string;
};

type Negatable = { readonly value: string; readonly negated: boolean };

type PortSpan = { readonly first: number; readonly last: number };

/** What a rule matches by an extension of `iptables`, as it is written there. */
export type FirewallExtension =
  | {
      readonly kind: 'ports';
      readonly side: 'source' | 'destination';
      readonly span: PortSpan;
      readonly negated: boolean;
    }
  | {
      readonly kind: 'multiport';
      readonly side: 'source' | 'destination' | 'either';
      readonly spans: readonly PortSpan[];
      readonly negated: boolean;
    }
  | { readonly kind: 'icmpType'; readonly type: number; readonly negated: boolean }
  /** `5/min` and how many may come at once. */
  | { readonly kind: 'limit'; readonly rate: string; readonly burst: number }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'state'; readonly states: readonly string[] }
  /** Where a connection went before it was translated, and which way a packet of it goes. */
  | {
      readonly kind: 'conntrack';
      readonly originalDestination?: Negatable;
      readonly originalPorts?: { readonly span: PortSpan; readonly negated: boolean };
      readonly direction?: 'ORIGINAL' | 'REPLY';
    }
  /** `--syn`: the first packet of a connection. */
  | { readonly kind: 'syn'; readonly negated: boolean };

/** What a rule matches; absent: any. */
export type FirewallMatch = {
  readonly source?: Negatable;
  readonly destination?: Negatable;
  readonly inInterface?: Negatable;
  readonly outInterface?: Negatable;
  readonly protocol?: string;
  readonly destinationPort?: number;
  readonly sourcePort?: number;
  readonly connectionStates?: readonly string[];
  readonly destinationType?: 'LOCAL';
  /** In the order in which they were written. */
  readonly extensions?: readonly FirewallExtension[];
};

export type FirewallTarget =
  | { readonly kind: 'ACCEPT' | 'DROP' | 'RETURN' }
  | { readonly kind: 'MASQUERADE'; readonly ports?: string }
  | { readonly kind: 'REJECT'; readonly rejectWith: string }
  | { readonly kind: 'jump' | 'goto'; readonly chain: string }
  /** It goes on with the next rule. */
  | { readonly kind: 'LOG'; readonly prefix: string; readonly level: number }
  /** To the machine itself; `null`: the port stays. */
  | { readonly kind: 'REDIRECT'; readonly ports: string | null }
  | { readonly kind: 'DNAT' | 'SNAT'; readonly to: string };

/** A rule that somebody made by hand. */
export type FirewallRule = FirewallChain & {
  /** Sorts the rules of a chain bytewise, those of the engine among them. */
  readonly rank: string;
  readonly match: FirewallMatch;
  readonly target: FirewallTarget;
};

/** A rule by its place; `networkId` or `endpointId` say for what the engine made it. */
export type FirewallRulePlace = FirewallChain & {
  readonly rank: string;
  readonly networkId: NetworkId | null;
  readonly endpointId: EndpointId | null;
};

/** One change that `iptables` made, with its place in the chain as it was found. */
export type FirewallEdit =
  | { readonly kind: 'addRule'; readonly rule: FirewallRule }
  | { readonly kind: 'removeRule'; readonly place: FirewallRulePlace }
  | { readonly kind: 'createChain'; readonly chain: FirewallChain }
  | { readonly kind: 'removeChain'; readonly chain: FirewallChain }
  | {
      readonly kind: 'setPolicy';
      readonly chain: FirewallChain;
      readonly policy: 'ACCEPT' | 'DROP';
    };

export type FirewallEvent =
  | { readonly type: 'FirewallRuleAdded'; readonly data: OnHost & FirewallRule }
  | { readonly type: 'FirewallRuleRemoved'; readonly data: OnHost & FirewallRulePlace }
  | { readonly type: 'FirewallChainCreated'; readonly data: OnHost & FirewallChain }
  | { readonly type: 'FirewallChainRemoved'; readonly data: OnHost & FirewallChain }
  | {
      readonly type: 'FirewallPolicySet';
      readonly data: OnHost & FirewallChain & { readonly policy: 'ACCEPT' | 'DROP' };
    };
