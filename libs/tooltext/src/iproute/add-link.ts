import type { HandMadeKind, WantedLink } from '@netfold/contracts';
import { parseMac } from '@netfold/addressing';
import { failed } from '../tool.ts';
import type { LineEdits, ToolOutput } from '../tool.ts';
import { linkNameMax, setLink } from './edit-link.ts';
import { answers, linkNamed, makeEdits, refusedAs } from './made-edits.ts';

const defaultMtuBytes = 1_500;
const numberedMax = 1_000;

/** Kinds that a lab makes. */
const kinds: readonly HandMadeKind[] = ['bridge', 'veth', 'dummy'];
/** Kinds that Linux has and a lab does not make by hand. */
const otherKinds =
  'vlan macvlan ipvlan vxlan macvtap bond team vrf ifb gre gretap ipip sit tun tap';

type Half = {
  readonly name: string | null;
  readonly mac: string | null;
  readonly mtuBytes: number;
};

type Wanted = Half & {
  readonly type: string | null;
  readonly rest: readonly string[];
  readonly isUp: boolean;
  readonly master: string | null;
};

const valued = ['name', 'dev', 'address', 'mtu', 'master', 'link', 'txqueuelen', 'qlen'];

const wantedFrom = (words: readonly string[]): Wanted => {
  const at = words.indexOf('type');
  const before = at < 0 ? words : words.slice(0, at);
  const valueOf = (word: string): string | null => {
    const index = before.indexOf(word);
    return index < 0 ? null : (before[index + 1] ?? '');
  };
  const bare = before.find(
    (word, index) =>
      !valued.includes(word) && !valued.includes(before[index - 1] ?? '') && word !== 'up',
  );
  return {
    type: at < 0 ? null : (words[at + 1] ?? null),
    rest: at < 0 ? [] : words.slice(at + 2),
    name: valueOf('name') ?? valueOf('dev') ?? bare ?? null,
    mac: valueOf('address'),
    mtuBytes: Number(valueOf('mtu') ?? defaultMtuBytes),
    isUp: before.includes('up'),
    master: valueOf('master'),
  };
};

/** `veth0`: the first number that nobody has. */
const numbered = (edits: LineEdits, prefix: string, taken: readonly string[]): string => {
  for (let number = 0; number < numberedMax; number += 1) {
    const name = `${prefix}${number}`;
    if (linkNamed(edits.stack, name) === null && !taken.includes(name)) return name;
  }
  return `${prefix}${numberedMax}`;
};

const wanted = (edits: LineEdits, kind: HandMadeKind, half: Half, name: string): WantedLink => ({
  namespace: edits.namespace,
  name,
  kind,
  mac: half.mac === null ? edits.newMac(name) : (parseMac(half.mac) ?? half.mac),
  mtuBytes: half.mtuBytes,
});

/** What follows `type veth`: `peer name v1 netns red`. */
const peerFrom = (rest: readonly string[]): Half & { readonly namespace: string | null } => {
  const words = rest[0] === 'peer' ? rest.slice(1) : rest;
  const { name, mac, mtuBytes } = wantedFrom(words.filter((word, at) => !isOfNamespace(words, at)));
  const at = words.indexOf('netns');
  return { name, mac, mtuBytes, namespace: at < 0 ? null : (words[at + 1] ?? '') };
};

const isOfNamespace = (words: readonly string[], at: number): boolean =>
  words[at] === 'netns' || words[at - 1] === 'netns';

/**
 * `ip link add NAME type bridge|veth|dummy`. @source recorded host-link-refusals
 */
export const addLink = (edits: LineEdits, words: readonly string[]): ToolOutput => {
  const asked = wantedFrom(words);
  if (asked.type === null) {
    return failed(1, 'Not enough information: "type" argument is required\n');
  }
  const kind = kinds.find((one) => one === asked.type);
  if (kind === undefined) {
    return otherKinds.split(' ').includes(asked.type)
      ? failed(2, `netfold: \`ip link add type ${asked.type}\` is not simulated\n`)
      : refusedAs('Unknown device type.');
  }
  const mac = asked.mac;
  if (mac !== null && parseMac(mac) === null) return failed(1, `"${mac}" is invalid lladdr.\n`);
  return kind === 'veth' ? addPair(edits, asked) : addOne(edits, asked, kind);
};

const addOne = (edits: LineEdits, asked: Wanted, kind: HandMadeKind): ToolOutput => {
  const name = asked.name ?? numbered(edits, kind, []);
  const refused = refusalOfName(edits, name);
  if (refused !== null) return refused;
  const link = wanted(edits, kind, asked, name);
  return settled(edits, asked, makeEdits(edits, [{ kind: 'addLink', link, peer: null }]), name);
};

const addPair = (edits: LineEdits, asked: Wanted): ToolOutput => {
  const other = peerFrom(asked.rest);
  const there = other.namespace === null ? edits : edits.within(other.namespace);
  if (there === null) {
    const problem = `argument "${other.namespace ?? ''}" is wrong: Invalid "netns" value`;
    return failed(255, `Error: ${problem}\n\n`);
  }
  const name = asked.name ?? numbered(edits, 'veth', []);
  const peerName = other.name ?? numbered(there, 'veth', [name]);
  const refused =
    refusalOfName(there, peerName) ??
    (name === peerName && there === edits ? answers('File exists') : refusalOfName(edits, name));
  if (refused !== null) return refused;
  const link = wanted(edits, 'veth', asked, name);
  const peer = wanted(there, 'veth', other, peerName);
  // Without names the first half is `veth0`, which the kernel makes first.
  const [first, second] = asked.name === null && other.name === null ? [peer, link] : [link, peer];
  const made = makeEdits(edits, [{ kind: 'addLink', link: first, peer: second }]);
  return settled(edits, asked, made, name);
};

const refusalOfName = ({ stack }: LineEdits, name: string): ToolOutput | null => {
  if (name.length > linkNameMax) return refusedAs('Attribute failed policy validation.');
  return linkNamed(stack, name) === null ? null : answers('File exists');
};

/** `ip link add NAME up master BR type ...` */
const settled = (edits: LineEdits, asked: Wanted, made: ToolOutput, name: string): ToolOutput => {
  const words = [
    ...(asked.master === null ? [] : ['master', asked.master]),
    ...(asked.isUp ? ['up'] : []),
  ];
  return made.exitCode !== 0 || words.length === 0 ? made : setLink(edits, [name, ...words]);
};
