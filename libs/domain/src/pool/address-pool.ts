/**
 * The addresses of one pool of one network: an immutable bitmap with a hint.
 * Addresses are offsets from the pool's first address (IPv4 as a number, IPv6 as a bigint base).
 */
export type AddressPool = {
  /** CIDR of the pool. */
  readonly subnet: string;
  /** CIDR of the sub-pool addresses are taken from; equals `subnet` when there is none. */
  readonly range: string;
  /** Everything in use: opaque to other folders; go through this file's functions. */
  readonly used: unknown;
};
