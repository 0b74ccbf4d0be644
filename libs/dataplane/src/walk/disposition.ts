/** Where a rule or policy stands that stopped a packet. */
export type StoppedBy = {
  readonly host: string;
  readonly namespace: string;
  readonly table: string;
  readonly chain: string;
  /** `null`: the chain's policy. */
  readonly rank: string | null;
};

/**
 * How a walk ended. `from` is the address that says so; `null`: the sender's own kernel.
 *
 * - `delivered`: the answer came back; `ttl` is what was left of the answer's time to live
 * - `refused`: nobody listens (RST, or port unreachable), or a rule rejected it
 * - `timedOut`: nothing came back, and no rule tells why
 */
export type Disposition =
  | { readonly kind: 'delivered'; readonly from: string; readonly ttl: number }
  | { readonly kind: 'refused'; readonly from: string }
  | { readonly kind: 'dropped'; readonly by: StoppedBy }
  | { readonly kind: 'netUnreachable'; readonly from: string | null }
  | { readonly kind: 'hostUnreachable'; readonly from: string | null }
  | { readonly kind: 'ttlExceeded'; readonly from: string }
  | { readonly kind: 'timedOut' };

/** One thing that happened to a packet, in a network stack of a host. */
export type TraceStep = {
  readonly host: string;
  readonly namespace: string;
  readonly kind: 'send' | 'receive' | 'deliver' | 'forward' | 'bridge' | 'translate' | 'stop';
  /** The device, or the new address. */
  readonly detail: string;
};
