import { canonicalAddress } from '@netfold/dataplane';
import type { DnsAnswer, Question } from '@netfold/dataplane';
import { installedPackages } from '@netfold/domain';
import { fileReader } from '../packages/reader.ts';
import type { ToolWorld } from '../tool.ts';
import { askServers } from './lookup.ts';
import { addressOfReverse, reverseName } from './reverse-name.ts';

/** A question as BIND's tools ask it. */
export type DnsQuery = {
  /** With its last dot: `web.`, `2.0.18.172.in-addr.arpa.` */
  readonly name: string;
  /** `A`, `MX` */
  readonly type: string;
};

export type Answered = Extract<DnsAnswer, { kind: 'answer' }>;

const known: ReadonlySet<string> = new Set(['A', 'AAAA', 'PTR']);

/** Types that can be asked for. */
export const recordTypes: ReadonlySet<string> = new Set(
  'A AAAA ANY AXFR CAA CNAME DNSKEY DS HINFO MX NAPTR NS PTR RRSIG SOA SPF SRV TXT'.split(' '),
);

/** Asks for the name of an address. */
export const reverseQuery = (address: string): DnsQuery => ({
  name: `${reverseName(canonicalAddress(address) ?? address)}.`,
  type: 'PTR',
});

/** What the servers of a lab are asked: the address of a reversed name, a name without its dot. */
const questionOf = ({ name, type }: DnsQuery): Question => {
  const bare = name.replace(/\.$/, '');
  if (type !== 'PTR') {
    return { type: known.has(type) ? (type as 'A' | 'AAAA') : 'other', name: bare };
  }
  const address = addressOfReverse(bare);
  return address === null ? { type: 'other', name: bare } : { type: 'PTR', name: address };
};

export const askOne = (world: ToolWorld, server: string, query: DnsQuery): DnsAnswer =>
  askServers(world, [server], questionOf(query)).answer;

/** Seconds: of the engine's own server (libnetwork resolver.go, respTTL), and of the outside's. */
export const ttlSeconds = ({ isEmbedded }: Answered): number => (isEmbedded ? 600 : 60);

/** What stands in a record: names end in a dot. */
export const recordData = (type: string, data: string): string =>
  type === 'PTR' && !data.endsWith('.') ? `${data}.` : data;

/** The version that the tools print of themselves. */
export const bindVersion = (world: ToolWorld): string => {
  const installed = installedPackages(fileReader(world));
  const ofAlpine = installed.get('bind-tools');
  if (ofAlpine !== undefined) return ofAlpine.replace(/-r\d+$/, '');
  const version = installed.get('bind9-dnsutils')?.replace(/^\d+:/, '');
  if (version === undefined) return '9.18.49-1~deb12u3-Debian';
  return `${version}-${version.includes('ubuntu') ? 'Ubuntu' : 'Debian'}`;
};
