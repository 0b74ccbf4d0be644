import { mapOf } from './persistent/empty-map.ts';
import type { PersistentMap } from './persistent/persistent-map.ts';
import { decodeAddressPool, encodeAddressPool } from './pool/address-pool.ts';
import type { AddressPool, EncodedAddressPool } from './pool/address-pool.ts';
import type { Lab } from './state/lab.ts';

/**
 * Which members of a lab are more than JSON: persistent maps become lists of entries, address pools
 * their own encoding. Everything else is plain data and rides along as it is, so that no user's
 * data can be mistaken for a map.
 */
type Shape = { readonly [member: string]: Member };
type Member = { readonly kind: 'map'; readonly values: Shape } | { readonly kind: 'pools' };

const plain: Shape = {};
const pools: Member = { kind: 'pools' };

function mapMember(values: Shape): Member {
  return { kind: 'map', values };
}

const networkShape: Shape = { addressPools: pools, endpointIds: mapMember(plain) };

const hostShape: Shape = {
  networks: mapMember(networkShape),
  networkNames: mapMember(plain),
  containers: mapMember({ attachments: mapMember(plain), files: mapMember(plain) }),
  containerNames: mapMember(plain),
  sandboxes: mapMember(plain),
  endpoints: mapMember(plain),
  execs: mapMember(plain),
  volumes: mapMember(plain),
  imageTags: mapMember(plain),
  publishedPorts: mapMember(plain),
  overlays: mapMember(plain),
  portCursors: mapMember(plain),
  due: mapMember(plain),
};

const swarmShape: Shape = {
  nodes: mapMember(plain),
  networks: mapMember({
    addressPools: pools,
    addresses: mapMember(plain),
    tasks: mapMember(plain),
  }),
};

const labShape: Shape = {
  builtImages: mapMember(plain),
  hosts: mapMember(hostShape),
  swarms: mapMember(swarmShape),
};

/** Raised when what a snapshot holds changes its meaning: older ones are then not read. */
const snapshotVersion = 2;

type Snapshot = { readonly snapshotVersion: number; readonly lab: unknown };

/** The lab as JSON-safe data, for a snapshot; equal labs have equal encodings. */
export function encodeLab(lab: Lab): unknown {
  const snapshot: Snapshot = { snapshotVersion, lab: encoded(lab, labShape) };
  return snapshot;
}

/**
 * The lab that was encoded.
 *
 * @throws when the snapshot is of another version: fold the lab from its log instead
 */
export function decodeLab(json: unknown): Lab {
  const snapshot = json as Snapshot;
  if (snapshot.snapshotVersion !== snapshotVersion) {
    throw new Error(`a snapshot of version ${snapshot.snapshotVersion} cannot be read`);
  }
  return decoded(snapshot.lab, labShape) as Lab;
}

/** The lab as plain data whose objects have their members sorted: what a state hash is taken of. */
export function hashableLab(lab: Lab): unknown {
  return sorted(encoded(lab, labShape));
}

function encoded(value: object, shape: Shape): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, encodedMember(member, shape[name])]),
  );
}

function encodedMember(value: unknown, member: Member | undefined): unknown {
  if (member === undefined) return value;
  if (member.kind === 'pools') return (value as readonly AddressPool[]).map(encodeAddressPool);
  const entries = [...(value as PersistentMap<string, unknown>).entries()];
  return entries.map(([key, item]) => [key, isRecord(item) ? encoded(item, member.values) : item]);
}

function decoded(value: unknown, shape: Shape): Record<string, unknown> {
  const entries = Object.entries(value as object);
  return Object.fromEntries(
    entries.map(([name, member]) => [name, decodedMember(member, shape[name])]),
  );
}

function decodedMember(value: unknown, member: Member | undefined): unknown {
  if (member === undefined) return value;
  if (member.kind === 'pools') {
    return (value as readonly EncodedAddressPool[]).map(decodeAddressPool);
  }
  const entries = value as readonly (readonly [string, unknown])[];
  return mapOf(
    entries.map(
      ([key, item]) => [key, isRecord(item) ? decoded(item, member.values) : item] as const,
    ),
  );
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  const members = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}
