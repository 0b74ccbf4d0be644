import type { EndpointId, NetworkId } from './ids.ts';
import type { OnHost } from './on-host.ts';

/** A chain of the host's own network stack. */
export type FirewallChain = {
  readonly family: 4 | 6;
  readonly table: 'filter' | 'nat';
  readonly chain: string;
};

type Negatable = { readonly value: string; readonly negated: boolean };

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
};

export type FirewallTarget =
  | { readonly kind: 'ACCEPT' | 'DROP' | 'RETURN' | 'MASQUERADE' }
  | { readonly kind: 'REJECT'; readonly rejectWith: string }
  | { readonly kind: 'jump'; readonly chain: string }
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
